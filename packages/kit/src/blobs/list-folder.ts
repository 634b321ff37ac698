import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { compareKeys, wholeSegmentsOf } from './blob-key.js';
import { ENDING, TEMPORARY, fileOf } from './blob-files.js';
import { HEADER_BYTES } from './blob-header.js';
import type { BlobInfo, BlobPage, ListOptions } from './blob-store.js';
import { codeOf } from './error-code.js';

/** One page of the blobs below a folder; what is deleted meanwhile is left out. */
export async function listFolder(root: string, options: ListOptions = {}): Promise<BlobPage> {
  const { prefix = '', after = '', limit = 1_000 } = options;
  const blobs: BlobInfo[] = [];
  for await (const key of keysBelow(root, wholeSegmentsOf(prefix), { prefix, after })) {
    const last = blobs.at(-1);
    if (blobs.length === limit && last !== undefined) return { blobs, next: last.key };
    const info = await stat(fileOf(root, key)).catch(orGone);
    if (info) blobs.push({ key, size: info.size - HEADER_BYTES, modifiedAt: info.mtime });
  }
  return { blobs };
}

/** Goes only into folders that may hold what is wanted; `folder` ends with `/` or is empty. */
async function* keysBelow(
  root: string,
  folder: string,
  wanted: { readonly prefix: string; readonly after: string },
): AsyncGenerator<string> {
  const { prefix, after } = wanted;
  const mayHold = (inner: string): boolean =>
    (inner.startsWith(prefix) || prefix.startsWith(inner)) &&
    (compareKeys(inner, after) > 0 || after.startsWith(inner));
  for (const name of await namesIn(path.join(root, folder))) {
    const key = folder + name;
    if (!name.endsWith('/')) {
      if (key.startsWith(prefix) && compareKeys(key, after) > 0) yield key;
    } else if (mayHold(key)) yield* keysBelow(root, key, wanted);
  }
}

/** In order; with its `/` a folder stands where all it holds belongs. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(orGone);
  return (entries ?? [])
    .flatMap((entry) => {
      if (entry.isDirectory()) return entry.name === TEMPORARY ? [] : [`${entry.name}/`];
      return entry.isFile() && entry.name.endsWith(ENDING) ? [entry.name.slice(0, -ENDING.length)] : [];
    })
    .sort(compareKeys);
}

const orGone = (error: unknown): undefined => {
  if (codeOf(error) !== 'ENOENT') throw error;
};
