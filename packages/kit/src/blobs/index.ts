export type {
  BlobBody,
  BlobHead,
  BlobInfo,
  BlobPage,
  BlobStore,
  ListOptions,
  OpenBlob,
  PutOptions,
} from './blob-store.js';
export { connectS3Blobs } from './connect-s3-blobs.js';
export { createFolderBlobs, type FolderBlobsOptions } from './folder-blobs.js';
export type { S3BlobsOptions } from './s3-blobs.js';
