import { open, rename, type FileHandle } from 'node:fs/promises';
import type { RawDocument } from '../bson/raw-document.js';
import type { Doc } from '../bson/value.js';
import { snapshotFile, syncFolder } from './files.js';
import { RecordWriter } from './record.js';
import type { Store } from './store.js';

const recordBytes = 1024 * 1024;

interface Frozen {
  readonly namespace: string;
  readonly definitions: readonly Doc[];
  readonly documents: readonly RawDocument[];
}

/** Everything there is at this moment. Documents are never changed in place, so holding on to them is enough. */
export function freeze(store: Store): Frozen[] {
  return [...store.all()].map((collection) => ({
    namespace: collection.namespace,
    definitions: collection
      .queryIndexes()
      .slice(1)
      .map((index) => index.spec.definition),
    documents: Array.from(collection.documents(), ({ raw }) => raw),
  }));
}

/** Writes a snapshot beside the running log, giving other work a turn after every megabyte. */
export async function writeSnapshot(
  folder: string,
  generation: number,
  frozen: readonly Frozen[],
): Promise<void> {
  const final = snapshotFile(folder, generation);
  const file = await open(`${final}.tmp`, 'w');
  try {
    const record = new RecordWriter();
    for (const { namespace, definitions, documents } of frozen) {
      record.createCollection(namespace);
      for (const definition of definitions) record.createIndex(namespace, definition);
      for (const document of documents) {
        record.put(namespace, document);
        if (record.bodyBytes > recordBytes) await writeAll(file, record.take());
      }
    }
    if (!record.isEmpty) await writeAll(file, record.take());
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${final}.tmp`, final);
  await syncFolder(folder);
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
}
