import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { contentTypeOf } from './content-type.js';
import type { HttpExchange } from './exchange.js';

/** A file that could be served. */
interface FoundFile {
  readonly file: string;
  readonly size: number;
  readonly modifiedAt: Date;
  readonly encoding?: 'br' | 'gzip';
}

export interface FolderOptions {
  readonly dir: string;
  /** The path of the file inside the folder, as it stands in the URL: `assets/app-1a2b3c4d.js`. */
  readonly name: string;
  /** @default 'no-cache' for everything without a content hash in its name */
  readonly cacheControl?: string;
  /** More headers. @default {} */
  readonly headers?: Readonly<Record<string, string>>;
}

const PRECOMPRESSED = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
] as const;

/** Vite's `name-<8 or more characters of hash>.ext`: the name changes with the content. */
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Serves one file of a folder with ETag, caching and the precompressed copy the client prefers.
 *
 * @returns false if there is no such file, or the name leads out of the folder.
 */
export async function serveFile(
  { request, response }: HttpExchange,
  options: FolderOptions,
): Promise<boolean> {
  const plain = resolveInside(options.dir, options.name);
  if (plain === undefined) return false;
  const found = await find(plain, String(request.headers['accept-encoding'] ?? ''));
  if (!found) return false;

  const etag = `"${found.size.toString(36)}-${found.modifiedAt.getTime().toString(36)}${found.encoding ? `-${found.encoding}` : ''}"`;
  const headers = {
    ...options.headers,
    etag,
    'content-type': contentTypeOf(plain),
    'cache-control': options.cacheControl ?? (isHashed(options.name) ? FOREVER : 'no-cache'),
    vary: 'accept-encoding, origin',
    ...(found.encoding ? { 'content-encoding': found.encoding } : {}),
  };
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) {
    response.writeHead(304, headers).end();
    return true;
  }
  response.writeHead(200, { ...headers, 'content-length': found.size });
  if (request.method === 'HEAD') response.end();
  // A client that leaves half-way is its own business.
  else await pipeline(createReadStream(found.file), response).catch(() => response.destroy());
  return true;
}

const isHashed = (name: string): boolean => name.includes('assets/') && HASHED.test(name);

/** The absolute file, or undefined if the name is broken, hidden or leads out of the folder. */
export function resolveInside(dir: string, name: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(name);
  } catch {
    return undefined;
  }
  const parts = decoded.split('/');
  if (decoded.includes('\0') || decoded.includes('\\') || parts.some((part) => part.startsWith('.')))
    return undefined;
  const file = path.resolve(dir, ...parts.filter(Boolean));
  return file.startsWith(`${path.resolve(dir)}${path.sep}`) ? file : undefined;
}

async function find(file: string, accepted: string): Promise<FoundFile | undefined> {
  const plain = await statFile(file);
  if (!plain) return undefined;
  for (const { encoding, suffix } of PRECOMPRESSED) {
    if (!new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\b)`).test(accepted)) continue;
    const packed = await statFile(`${file}${suffix}`);
    if (packed) return { ...packed, encoding };
  }
  return plain;
}

async function statFile(file: string): Promise<FoundFile | undefined> {
  try {
    const stats = await stat(file);
    return stats.isFile() ? { file, size: stats.size, modifiedAt: stats.mtime } : undefined;
  } catch {
    return undefined;
  }
}
