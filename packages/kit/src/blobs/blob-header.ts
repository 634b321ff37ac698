import type { FileHandle } from 'node:fs/promises';

/**
 * Each file begins with one line of this length that tells the content type; the blob is what follows
 * (`tail -c +129`). In a file of its own the type could differ from the bytes after a crash.
 */
export const HEADER_BYTES = 128;
const MAGIC = 'souk-blob 1 ';

export const headerOf = (contentType: string): Buffer =>
  Buffer.from(`${(MAGIC + contentType).padEnd(HEADER_BYTES - 1)}\n`, 'latin1');

/** @returns the content type */
export async function readHeader(file: FileHandle, key: string): Promise<string> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
  const line = buffer.toString('latin1');
  if (bytesRead === HEADER_BYTES && line.startsWith(MAGIC) && line.endsWith('\n')) {
    return line.slice(MAGIC.length).trimEnd();
  }
  throw new Error(`The file of the blob ${key} was not written by this store. Move it out of the folder.`);
}
