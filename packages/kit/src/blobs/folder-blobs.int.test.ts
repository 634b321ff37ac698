import { mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeBlobsContract } from './blobs.contract.js';
import { createFolderBlobs } from './index.js';

const made: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-blobs-'));
  made.push(folder);
  return path.join(folder, 'store');
}
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

describeBlobsContract('blobs in a folder', async () => {
  const folder = await newFolder();
  const blobs = createFolderBlobs({ folder });
  return { blobs, leftOvers: () => readdir(path.join(folder, '%tmp')), close: () => blobs.close() };
});

test('a folder that is not there is an empty store, made for its owner only when something is stored', async () => {
  const folder = await newFolder();
  const blobs = createFolderBlobs({ folder });
  expect(await blobs.list()).toEqual({ blobs: [] });
  await expect(stat(folder)).rejects.toThrow('ENOENT');
  await blobs.put('a/b', Buffer.from('secret'));
  const modes = await Promise.all(
    ['', 'a', 'a/b.blob'].map(async (name) => (await stat(path.join(folder, name))).mode),
  );
  expect(modes.map((mode) => mode & 0o777)).toEqual([0o700, 0o700, 0o600]);
});

test('a file is one line and the blob, and an emptied folder is gone', async () => {
  const folder = await newFolder();
  const blobs = createFolderBlobs({ folder });
  await blobs.put('x/y/z', Buffer.from('body'), { contentType: 'text/plain' });
  const bytes = await readFile(path.join(folder, 'x/y/z.blob'));
  expect(bytes.subarray(128).toString()).toBe('body');
  expect(bytes.subarray(0, 128).toString()).toMatch(/^souk-blob 1 text\/plain +\n$/);
  await blobs.delete('x/y/z');
  expect(await readdir(folder)).toEqual(['%tmp']);
});

test('what is half written is never seen, whoever was killed', async () => {
  const folder = await newFolder();
  const blobs = createFolderBlobs({ folder });
  await blobs.put('whole', Buffer.from('x'));
  await writeFile(path.join(folder, '%tmp', 'draft-of-a-killed-writer'), 'souk-blob 1 tex');
  const again = createFolderBlobs({ folder });
  expect((await again.list()).blobs.map(({ key }) => key)).toEqual(['whole']);
});

test('files that others put there are refused by name, and links are not followed in listings', async () => {
  const folder = await newFolder();
  const blobs = createFolderBlobs({ folder });
  await blobs.put('mine', Buffer.from('x'));
  await writeFile(path.join(folder, 'foreign.blob'), 'something else');
  await symlink('/etc', path.join(folder, 'link'));
  await expect(blobs.get('foreign')).rejects.toThrow(
    'The file of the blob foreign was not written by this store.',
  );
  expect((await blobs.list()).blobs.map(({ key }) => key)).toEqual(['foreign', 'mine']);
});

test('writers that empty a folder again and again get in the way of none that writes into it', async () => {
  const blobs = createFolderBlobs({ folder: await newFolder() });
  const writer = async (key: string): Promise<void> => {
    for (let round = 0; round < 100; round += 1) {
      await blobs.put(key, Buffer.from('x'));
      await blobs.delete(key);
    }
  };
  const keys = Array.from({ length: 8 }, (_, n) => `a/b/${n}`);
  const ends = await Promise.allSettled(keys.map(writer));
  expect(ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []))).toEqual([]);
});
