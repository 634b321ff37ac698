import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silent } from '../__fixtures__/tiny-shop.js';
import { watchSupergraph } from './watch.js';

let folder: string;
let file: string;
let seen: string[];
let watching: { stop(): void };
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-watch-'));
  file = path.join(folder, 'supergraph.graphql');
  await writeFile(file, 'first');
  seen = [];
  const onChange = (sdl: string): void => {
    seen.push(sdl);
    if (sdl === 'broken') throw new Error('broken');
  };
  watching = watchSupergraph({ file, known: 'first', logger: silent, onChange, intervalMs: 20 });
});
afterEach(async () => {
  watching.stop();
  await rm(folder, { recursive: true });
});

const replace = async (sdl: string): Promise<void> => {
  await writeFile(`${file}.new`, sdl);
  await rename(`${file}.new`, file);
};

it('sees a replacement by rename and a change in place, each once', async () => {
  await replace('second');
  await until(() => seen.length === 1);
  await writeFile(file, 'third');
  await until(() => seen.length === 2);
  await replace('third');
  await replace('fourth');
  await until(() => seen.length === 3);
  expect(seen).toEqual(['second', 'third', 'fourth']);
});

it('survives a file that is broken or gone, and takes the next good one', async () => {
  await replace('broken');
  await until(() => seen.length === 1);
  await rm(file);
  await replace('good');
  await until(() => seen.length === 2);
  expect(seen).toEqual(['broken', 'good']);
});

it('is over when stopped', async () => {
  watching.stop();
  await replace('late');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(seen).toEqual([]);
});
