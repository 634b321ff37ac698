import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, outputs } from './fingerprint.mjs';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'souk-fingerprint-'));
  await write('packages/kit/src/a.ts', 'export const a = 1;');
});
afterEach(() => rm(root, { recursive: true }));

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
}
async function both(): Promise<{ fast: string; sure: string }> {
  const { fast, sure } = await fingerprint(root);
  return { fast, sure: await sure() };
}

test('a touched file changes the fast one only, a changed or new file both', async () => {
  const first = await both();
  await utimes(path.join(root, 'packages/kit/src/a.ts'), new Date(0), new Date(0));
  const touched = await both();
  expect(touched.fast).not.toBe(first.fast);
  expect(touched.sure).toBe(first.sure);

  await write('packages/kit/src/a.ts', 'export const a = 2;');
  const changed = await both();
  expect(changed.sure).not.toBe(first.sure);
  await write('schema/new.graphql', 'type Query { a: Int }');
  expect((await both()).sure).not.toBe(changed.sure);
});

test('what builds write and installs bring does not count', async () => {
  const first = await both();
  for (const folder of ['dist', 'node_modules/x', 'src/__generated__', '.turbo']) {
    await write(`packages/kit/${folder}/b.js`, 'x');
  }
  expect(await both()).toEqual(first);
  expect(await outputs(root)).toEqual(['packages/kit/dist', 'packages/kit/src/__generated__']);
});
