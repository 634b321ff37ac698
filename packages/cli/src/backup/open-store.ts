import path from 'node:path';
import { type BlobStore, connectS3Blobs, createFolderBlobs } from '@souk/kit/blobs';
import { ClearError } from '../clear-error.js';
import type { Config } from '../config/load.js';

/** Where backups are. */
export interface BackupPlace {
  readonly store: BlobStore;
  /** For people. */
  readonly title: string;
}

/**
 * The folder that was asked for, else the bucket of S3_BUCKET, else the folder of SOUK_BACKUP_DIR.
 *
 * @throws ClearError for a bucket that cannot be used
 */
export async function openBackupPlace(
  config: Pick<
    Config,
    | 'S3_BUCKET'
    | 'S3_ENDPOINT'
    | 'S3_REGION'
    | 'S3_ACCESS_KEY_ID'
    | 'S3_SECRET_ACCESS_KEY'
    | 'SOUK_BACKUP_DIR'
  >,
  asked: string | undefined,
): Promise<BackupPlace> {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (asked !== undefined || bucket === undefined) {
    const folder = path.resolve(asked ?? config.SOUK_BACKUP_DIR);
    return { store: createFolderBlobs({ folder }), title: folder };
  }
  const keys = accessKeyId !== undefined && secretAccessKey !== undefined;
  try {
    const store = await connectS3Blobs({
      bucket,
      endpoint: config.S3_ENDPOINT,
      region: config.S3_REGION,
      credentials: keys ? { accessKeyId, secretAccessKey } : undefined,
    });
    return { store, title: `bucket ${bucket}` };
  } catch (error) {
    throw new ClearError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
