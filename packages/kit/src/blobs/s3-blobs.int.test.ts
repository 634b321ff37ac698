import { startS3, type TestS3 } from '@souk/testkit/s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeBlobsContract } from './blobs.contract.js';
import { connectS3Blobs } from './index.js';

let s3: TestS3;
beforeAll(async () => void (s3 = await startS3()));
afterAll(() => s3.stop());

describeBlobsContract('blobs in a bucket', async () => {
  const { bucket, endpoint, credentials } = s3;
  const blobs = await connectS3Blobs({ bucket, endpoint, credentials });
  return { blobs, leftOvers: () => s3.openUploads(), close: () => blobs.close() };
});

test('a bucket that is not there is told clearly', async () => {
  const { endpoint, credentials } = s3;
  await expect(connectS3Blobs({ bucket: 'elsewhere', endpoint, credentials })).rejects.toThrow(
    `The bucket elsewhere cannot be used at ${endpoint} (there is no such bucket). Create it, or correct S3_ENDPOINT`,
  );
});

test('wrong keys and a server that is not there are told clearly', async () => {
  const { bucket, endpoint } = s3;
  const credentials = { accessKeyId: 'NOBODY', secretAccessKey: 'S3RVER' };
  await expect(connectS3Blobs({ bucket, endpoint, credentials })).rejects.toThrow(
    /cannot be used .* status 403/,
  );
  await expect(
    connectS3Blobs({ bucket, endpoint: 'http://127.0.0.1:9', credentials: s3.credentials }),
  ).rejects.toThrow('(ECONNREFUSED)');
});
