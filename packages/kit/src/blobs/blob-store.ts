import type { Readable } from 'node:stream';

/** What a listing tells of a blob. */
export interface BlobInfo {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  readonly modifiedAt: Date;
}

/** What is known of a blob without reading it. */
export interface BlobHead extends BlobInfo {
  readonly contentType: string;
}

/** A blob that is being read. */
export interface OpenBlob extends BlobHead {
  /** Read it to its end, or destroy it: it holds a file or a connection. */
  readonly body: Readable;
}

export type BlobBody = Uint8Array | AsyncIterable<Uint8Array>;

/** How {@link BlobStore.put} stores. */
export interface PutOptions {
  /** At most 100 printable ASCII characters. @default 'application/octet-stream' */
  readonly contentType?: string;
  /** Gives the upload up; nothing of it stays. */
  readonly signal?: AbortSignal;
}

/** Which blobs to list. */
export interface ListOptions {
  /** What their keys begin with. @default '' */
  readonly prefix?: string;
  /** Only those behind this key. @default from the first on */
  readonly after?: string;
  /** From 1 to 1,000. @default 1_000 */
  readonly limit?: number;
}

/** A part of a listing. */
export interface BlobPage {
  /** In the order of their keys' UTF-8 bytes. */
  readonly blobs: readonly BlobInfo[];
  /** The `after` of the next page; absent on the last one. */
  readonly next?: string;
}

/**
 * Named bytes, for what is too large for a database: backups, pictures. A folder for one machine, any store that
 * speaks S3's API for many. Keys follow `blob-key.ts`, the same for both.
 */
export interface BlobStore {
  /**
   * Stores a blob, or replaces it. Readers see the old one or the new one, never a part: a body that ends with an error,
   * a signal or the death of this process leaves what was there before.
   *
   * @returns how many bytes were stored
   * @throws RangeError for a key or content type that is none
   * @example await blobs.put('pictures/lamp.svg', drawing, { contentType: 'image/svg+xml' });
   */
  put(key: string, body: BlobBody, options?: PutOptions): Promise<number>;
  /** @returns undefined if there is none; what is replaced meanwhile is still read to its end */
  get(key: string): Promise<OpenBlob | undefined>;
  head(key: string): Promise<BlobHead | undefined>;
  list(options?: ListOptions): Promise<BlobPage>;
  /** Whether or not it was there. */
  delete(key: string): Promise<void>;
  close(): Promise<void>;
}
