import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { BlobBody } from './blob-store.js';
import { cutIntoParts } from './part.js';

/** Where an upload goes, in S3's words. */
export interface UploadTarget {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType: string;
}

/** A part that has arrived, in S3's words. */
interface SentPart {
  readonly PartNumber: number;
  readonly ETag: string | undefined;
}

/**
 * Sends a body: at once if it is one part, else as a multipart upload, which is taken back if anything fails. A part
 * is held in memory, so that it has a length and can be sent again.
 *
 * @returns how many bytes were sent
 */
export async function upload(
  client: S3Client,
  target: UploadTarget,
  body: BlobBody,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { ContentType, ...place } = target;
  const cut = signal ? { abortSignal: signal } : {};
  const sent: SentPart[] = [];
  let uploadId: string | undefined;
  let size = 0;
  try {
    for await (const { number, bytes, isLast } of cutIntoParts(body)) {
      size += bytes.byteLength;
      if (isLast && uploadId === undefined) {
        await client.send(new PutObjectCommand({ ...target, Body: bytes }), cut);
        return size;
      }
      uploadId ??= (await client.send(new CreateMultipartUploadCommand({ ...place, ContentType }), cut))
        .UploadId;
      const part = { ...place, UploadId: uploadId, PartNumber: number, Body: bytes };
      const { ETag } = await client.send(new UploadPartCommand(part), cut);
      sent.push({ PartNumber: number, ETag });
    }
    const whole = { ...place, UploadId: uploadId, MultipartUpload: { Parts: sent } };
    await client.send(new CompleteMultipartUploadCommand(whole), cut);
    return size;
  } catch (error) {
    if (uploadId !== undefined) {
      // Why the upload failed counts; a store that cannot take it back either keeps invisible parts.
      await client.send(new AbortMultipartUploadCommand({ ...place, UploadId: uploadId })).catch(() => {});
    }
    // What the signal says, not how the client words it.
    signal?.throwIfAborted();
    throw error;
  }
}
