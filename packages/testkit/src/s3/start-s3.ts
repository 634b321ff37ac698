import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { S3Server } from './s3rver.js';
import { makeHonest } from './honest-store.js';

/** A server that speaks S3's API, with one empty bucket. */
export interface TestS3 {
  readonly endpoint: string;
  readonly bucket: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Multipart uploads that were neither completed nor aborted. */
  openUploads(): Promise<string[]>;
  /** Ends it, and removes what it kept. */
  stop(): Promise<void>;
}

const BUCKET = 'souk-test';

/** @example const s3 = await startS3(); afterAll(() => s3.stop()); */
export async function startS3(): Promise<TestS3> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'souk-s3-'));
  const server = new S3Server({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET }],
  });
  makeHonest(server, directory);
  const { port } = await server.run();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: BUCKET,
    // The only ones it knows.
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    openUploads: () => readdir(path.join(directory, BUCKET, '._S3rver_uploads')).catch(() => []),
    async stop() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
