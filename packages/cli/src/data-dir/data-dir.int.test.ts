import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDataDir } from './data-dir.js';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'souk-data-dir-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const address = 'http://127.0.0.1:4000';
const open = (folder: string, waitMs: number) =>
  openDataDir({ path: folder, address, say: () => {}, waitMs });

test('of many starts at once on a folder that is not there, one has it and the others are told who', async () => {
  const folder = path.join(root, 'not', 'there', 'yet');
  const starts = await Promise.allSettled(Array.from({ length: 10 }, () => open(folder, 0)));
  const [held, ...more] = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  expect(more).toEqual([]);
  const refusals = starts.flatMap((start) => (start.status === 'rejected' ? [String(start.reason)] : []));
  expect(refusals).toHaveLength(9);
  for (const refusal of refusals) expect(refusal).toContain(`${folder} is in use by`);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await held?.release();
  // Who comes later finds it there, and free.
  await (await open(folder, 0)).release();
});

test('a path where no folder can be made is refused by name', async () => {
  await expect(open('/proc/souk/data', 0)).rejects.toThrow(
    /^The data folder \/proc\/souk\/data cannot be written \(ENOENT\)/,
  );
});
