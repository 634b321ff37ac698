import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context, S3Object, S3Server, StoredObjects } from './s3rver.js';

/**
 * s3rver answers before its files are written, overwrites them in place, lists in the order of its disk, has no
 * second page, and cannot take an upload back. A real store does none of this, so tests that rest on a real store's promises need these repaired.
 */
export function makeHonest(server: S3Server, directory: string): void {
  const { store } = server;
  const uploads = (bucket: string, id: string): string =>
    path.join(directory, bucket, '._S3rver_uploads', id);

  store.putObject = async (object) => {
    const target = store.getResourcePath(object.bucket, object.key, 'object');
    await mkdir(path.dirname(target), { recursive: true });
    const written = await writeWhole(target, object.content);
    await store.putMetadata(object.bucket, object.key, object.metadata, written.md5);
    return written;
  };
  store.putPart = async (bucket, uploadId, partNumber, content) => {
    const target = path.join(uploads(bucket, uploadId), String(partNumber));
    const written = await writeWhole(target, content);
    await writeFile(`${target}.md5`, written.md5);
    return written;
  };
  const listAsStored = store.listObjects.bind(store);
  store.listObjects = async (
    bucket,
    { startAfter = '', maxKeys = 1_000, ...options },
  ): Promise<StoredObjects> => {
    const all = await listAsStored(bucket, options);
    const behind = all.objects
      .filter(({ key }) => compare(key, startAfter) > 0)
      .sort((left, right) => compare(left.key, right.key));
    return { ...all, objects: behind.slice(0, maxKeys), isTruncated: behind.length > maxKeys };
  };
  server.middleware.unshift(async (context, next) => {
    const { uploadId, 'list-type': listType } = context.query;
    const [, bucket = ''] = context.path.split('/');
    if (context.method === 'DELETE' && typeof uploadId === 'string') {
      await rm(uploads(bucket, uploadId), { recursive: true });
      context.status = 204;
    } else if (context.method === 'GET' && listType === '2') {
      context.type = 'application/xml';
      context.body = await listing(store, bucket, context.query);
    } else await next();
  });
}

/** Without continuation tokens, which s3rver makes with a cipher that OpenSSL 3 no longer has. */
async function listing(store: S3Server['store'], bucket: string, query: Context['query']): Promise<string> {
  const text = (name: string): string => String(query[name] ?? '');
  const found = await store.listObjects(bucket, {
    prefix: text('prefix'),
    startAfter: text('start-after'),
    maxKeys: Number(query['max-keys'] ?? 1_000),
  });
  const contents = found.objects.map(
    ({ key, lastModifiedDate, size }) =>
      `<Contents><Key>${escape(key)}</Key><LastModified>${lastModifiedDate.toISOString()}</LastModified><Size>${size}</Size></Contents>`,
  );
  return `<ListBucketResult><IsTruncated>${found.isTruncated}</IsTruncated>${contents.join('')}</ListBucketResult>`;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const compare = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

async function writeWhole(
  target: string,
  content: S3Object['content'],
): Promise<{ size: number; md5: string }> {
  const draft = `${target}.${randomUUID()}`;
  const hash = createHash('md5');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.byteLength;
      done(null, chunk);
    },
  });
  await pipeline(
    Buffer.isBuffer(content) ? Readable.from([content]) : content,
    measure,
    createWriteStream(draft),
  );
  await rename(draft, target);
  return { size, md5: hash.digest('hex') };
}
