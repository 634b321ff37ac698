import { createHash, type Hash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { BlobStore } from '@souk/kit/blobs';
import { ClearError } from '../clear-error.js';
import type { Part } from './manifest.js';

/** Compresses a stream into a blob. @returns its size and checksum */
export async function writePart(
  store: BlobStore,
  key: string,
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Pick<Part, 'key' | 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(source, createGzip(), async (zipped: AsyncIterable<Buffer>) => {
    bytes = await store.put(key, hashed(zipped, hash), { contentType: 'application/gzip' });
  });
  return { key, bytes, sha256: hash.digest('hex') };
}

/** Decompresses a blob into a stream. */
export async function readPart(store: BlobStore, part: Part, sink: NodeJS.WritableStream): Promise<void> {
  await pipeline((await openPart(store, part)).body, createGunzip(), sink);
}

/** The bytes of a part that is small. */
export async function readWholePart(store: BlobStore, part: Part): Promise<Buffer> {
  return buffer((await openPart(store, part)).body.pipe(createGunzip()));
}

/** The decompressed chunks of a part. */
export async function* chunksOf(store: BlobStore, part: Part): AsyncGenerator<Buffer> {
  const { body } = await openPart(store, part);
  const unzipped = createGunzip();
  const feeding = pipeline(body, unzipped);
  // Whoever reads gets the failure from the stream; whoever stops reading destroys it.
  feeding.catch(() => {});
  // zlib gives bytes
  yield* unzipped as AsyncIterable<Buffer>;
  await feeding;
}

/** @throws ClearError for a part that is not what was written */
export async function verifyPart(store: BlobStore, part: Part): Promise<void> {
  const { body, size } = await openPart(store, part);
  const hash = createHash('sha256');
  // what a body gives is bytes
  for await (const chunk of body as AsyncIterable<Buffer>) hash.update(chunk);
  if (size === part.bytes && hash.digest('hex') === part.sha256) return;
  throw new ClearError(
    `${part.key} (${part.name}) is damaged: its checksum is another. Nothing was changed. Use another backup.`,
  );
}

async function openPart(store: BlobStore, part: Part) {
  const blob = await store.get(part.key);
  if (blob) return blob;
  throw new ClearError(`${part.key} (${part.name}) is missing. Use another backup.`);
}

async function* hashed(source: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}
