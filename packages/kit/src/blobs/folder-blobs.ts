import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chunksOf } from './blob-body.js';
import { checkBlobKey, checkContentType } from './blob-key.js';
import { TEMPORARY, fileOf } from './blob-files.js';
import { HEADER_BYTES, headerOf, readHeader } from './blob-header.js';
import type { BlobBody, BlobHead, BlobStore, PutOptions } from './blob-store.js';
import { codeOf } from './error-code.js';
import { listFolder } from './list-folder.js';

/** What {@link createFolderBlobs} needs. */
export interface FolderBlobsOptions {
  /** Made when the first blob is stored, for its owner only. */
  readonly folder: string;
}

/**
 * Blobs as files of a folder, which may be shared by processes. A file is written under another name, brought to the
 * disk, and then renamed: there is never half a blob. What a process that was killed left under other names is not
 * listed; it lies in the folder `%tmp`, which may be deleted while nobody writes.
 *
 * @example const blobs = createFolderBlobs({ folder: 'souk-backups' });
 */
export function createFolderBlobs({ folder }: FolderBlobsOptions): BlobStore {
  const root = path.resolve(folder);

  const openBlob = async (key: string): Promise<{ file: FileHandle; head: BlobHead } | undefined> => {
    checkBlobKey(key);
    const file = await open(fileOf(root, key)).catch(orNothing);
    if (file === undefined) return undefined;
    try {
      const contentType = await readHeader(file, key);
      const { size, mtime } = await file.stat();
      return { file, head: { key, contentType, size: size - HEADER_BYTES, modifiedAt: mtime } };
    } catch (error) {
      await file.close();
      throw error;
    }
  };

  return {
    async put(key, body, options = {}) {
      checkBlobKey(key);
      const draft = path.join(root, TEMPORARY, randomUUID());
      await mkdir(path.dirname(draft), { recursive: true, mode: 0o700 });
      try {
        const size = await writeDraft(draft, body, options);
        await moveInto(draft, fileOf(root, key));
        return size;
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    async get(key) {
      const opened = await openBlob(key);
      if (opened === undefined) return undefined;
      return { ...opened.head, body: opened.file.createReadStream({ start: HEADER_BYTES }) };
    },
    async head(key) {
      const opened = await openBlob(key);
      await opened?.file.close();
      return opened?.head;
    },
    list: (options) => listFolder(root, options),
    async delete(key) {
      checkBlobKey(key);
      await rm(fileOf(root, key), { force: true });
      await removeEmptyFolders(root, key);
    },
    close: async () => {},
  };
}

async function writeDraft(draft: string, body: BlobBody, options: PutOptions): Promise<number> {
  const { contentType = 'application/octet-stream', signal } = options;
  checkContentType(contentType);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(headerOf(contentType));
    await writeFile(file, chunksOf(body, signal));
    await file.sync();
    return (await file.stat()).size - HEADER_BYTES;
  } finally {
    await file.close();
  }
}

/** How often somebody else may take an empty folder away between making and using it. */
const TRIES = 10;

async function moveInto(draft: string, target: string): Promise<void> {
  const folder = path.dirname(target);
  for (let tries = 1; ; tries += 1) {
    let made: string | undefined;
    try {
      // Making several folders may fail as well when one of them is taken away meanwhile.
      made = await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(draft, target);
    } catch (error) {
      if (!isMissing(error) || tries === TRIES) throw error;
      continue;
    }
    // The new name, and every folder made for it, must be on the disk as well.
    const last = made === undefined ? folder : path.dirname(made);
    for (let above = folder; ; above = path.dirname(above)) {
      await syncFolder(above);
      if (above === last) return;
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch((error: unknown) => {
    // Windows does not open folders, and writes names down by itself.
    if (process.platform === 'win32' || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return;
  await handle.sync().finally(async () => handle.close());
}

async function removeEmptyFolders(root: string, key: string): Promise<void> {
  for (let above = path.dirname(fileOf(root, key)); above !== root; above = path.dirname(above)) {
    try {
      await rmdir(above);
    } catch {
      return; // not empty, or gone
    }
  }
}

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');

const orNothing = (error: unknown): undefined => {
  if (!isMissing(error)) throw error;
};
