import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';

// s3rver 3.7.1 has no types: this is the part that tests use. What `store` has is found in its lib/stores/filesystem.js.

export interface S3Object {
  readonly bucket: string;
  readonly key: string;
  readonly content: Buffer | Readable;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An object in a listing. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly lastModifiedDate: Date;
}

export interface StoredObjects {
  readonly objects: readonly ListedObject[];
  readonly isTruncated: boolean;
}

export interface Written {
  readonly size: number;
  readonly md5: string;
}

export interface Store {
  getResourcePath(bucket: string, key: string, resource: string): string;
  putMetadata(bucket: string, key: string, metadata: S3Object['metadata'], md5: string): Promise<void>;
  putObject(object: S3Object): Promise<Written>;
  putPart(bucket: string, uploadId: string, partNumber: number, content: Readable): Promise<Written>;
  listObjects(
    bucket: string,
    options: { readonly startAfter?: string; readonly maxKeys?: number; readonly prefix?: string },
  ): Promise<StoredObjects>;
}

export interface Context {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  status: number;
  type: string;
  body: unknown;
}

export interface S3Server {
  readonly store: Store;
  readonly middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[];
  run(): Promise<{ readonly port: number }>;
  close(): Promise<void>;
}

export type S3ServerConstructor = new (options: {
  readonly address: string;
  readonly port: number;
  readonly silent: boolean;
  readonly directory: string;
  readonly configureBuckets: readonly { readonly name: string }[];
}) => S3Server;

export const S3Server = createRequire(import.meta.url)('s3rver') as S3ServerConstructor;
