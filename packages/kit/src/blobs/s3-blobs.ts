import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { chunksOf } from './blob-body.js';
import { checkBlobKey, checkContentType, wholeSegmentsOf } from './blob-key.js';
import type { BlobHead, BlobStore } from './blob-store.js';
import { upload } from './s3-upload.js';

/** What {@link connectS3Blobs} needs. */
export interface S3BlobsOptions {
  readonly bucket: string;
  /** A store other than Amazon's: `http://127.0.0.1:9000`. @default Amazon's, in the region */
  readonly endpoint?: string | undefined;
  /** @default 'us-east-1' */
  readonly region?: string | undefined;
  /** @default what the machine has: its role, its environment, its files */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/**
 * Blobs in a bucket. A long body is sent in parts of 8 MiB, one after the other, which become visible together; parts
 * of a process that was killed stay invisible and cost money until the bucket's rule for incomplete uploads removes them.
 *
 * @throws Error that says what is wrong if the bucket cannot be reached
 */
export async function connectS3Blobs(options: S3BlobsOptions): Promise<BlobStore> {
  const { bucket, endpoint, region = 'us-east-1', credentials } = options;
  const client = new S3Client({
    region,
    // Other stores seldom have a host name for each bucket.
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    // Several S3-compatible stores keep the trailer of a streamed checksum as a part of the data.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    client.destroy();
    throw new Error(
      `The bucket ${bucket} cannot be used at ${endpoint ?? `Amazon, ${region}`} (${reasonOf(error)}). ` +
        'Create it, or correct S3_ENDPOINT, S3_BUCKET, S3_REGION and the keys.',
      { cause: error },
    );
  }

  return {
    async put(key, body, { contentType = 'application/octet-stream', signal } = {}) {
      checkBlobKey(key);
      checkContentType(contentType);
      const target = { Bucket: bucket, Key: key, ContentType: contentType };
      return upload(client, target, chunksOf(body, signal), signal);
    },
    async get(key) {
      checkBlobKey(key);
      const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch(orNothing);
      if (found === undefined) return undefined;
      if (!(found.Body instanceof Readable))
        throw new Error(`The store answered without the bytes of ${key}.`);
      return { ...headOf(key, found), body: found.Body };
    },
    async head(key) {
      checkBlobKey(key);
      const found = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(orNothing);
      return found && headOf(key, found);
    },
    async list({ prefix = '', after, limit = 1_000 } = {}) {
      wholeSegmentsOf(prefix);
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, StartAfter: after, MaxKeys: limit }),
      );
      const blobs = (page.Contents ?? []).map(({ Key = '', Size = 0, LastModified = new Date(0) }) => ({
        key: Key,
        size: Size,
        modifiedAt: LastModified,
      }));
      const last = blobs.at(-1);
      return page.IsTruncated && last ? { blobs, next: last.key } : { blobs };
    },
    async delete(key) {
      checkBlobKey(key);
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    close: async () => client.destroy(),
  };
}

/** What answers about one object have in common. */
interface Described {
  readonly ContentLength?: number | undefined;
  readonly ContentType?: string | undefined;
  readonly LastModified?: Date | undefined;
}

const headOf = (key: string, found: Described): BlobHead => ({
  key,
  size: found.ContentLength ?? 0,
  contentType: found.ContentType ?? 'application/octet-stream',
  modifiedAt: found.LastModified ?? new Date(0),
});

/** The answer to HEAD has no body, so only its status tells. */
const orNothing = (error: unknown): undefined => {
  const isMissing = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
  if (!isMissing || error.name === 'NoSuchBucket') throw error;
};

function reasonOf(error: unknown): string {
  if (error instanceof S3ServiceException) {
    const status = error.$metadata.httpStatusCode;
    return status === 404 ? 'there is no such bucket' : `${error.name}${status ? `, status ${status}` : ''}`;
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
