import type { BlobStore } from './blob-store.js';
import type { S3BlobsOptions } from './s3-blobs.js';

/**
 * Connects to a bucket of a store that speaks S3's API. The client's code is loaded only now: most machines of
 * developers have no such store.
 *
 * @throws Error that says what is wrong if the bucket cannot be reached
 * @example const blobs = await connectS3Blobs({ bucket: 'souk', endpoint: 'http://127.0.0.1:9000' });
 */
export async function connectS3Blobs(options: S3BlobsOptions): Promise<BlobStore> {
  const s3 = await import('./s3-blobs.js');
  return s3.connectS3Blobs(options);
}
