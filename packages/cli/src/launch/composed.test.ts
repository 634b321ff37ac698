import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { composed } from './composed.js';

test('subgraphs are composed once, and again when any of them changes', async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'souk-composed-'));
  const calls: string[] = [];
  const compose = (apps: readonly { readonly sdl: string }[]) => {
    calls.push(apps.map(({ sdl }) => sdl).join());
    return { supergraphSdl: `supergraph ${calls.length}` };
  };
  const [a, b, changed] = ['a', 'b', 'b2'].map((sdl) => ({ name: sdl.slice(0, 1), sdl }));
  if (!a || !b || !changed) throw new Error('three were made');

  expect(await composed([a, b], dataDir, compose)).toBe('supergraph 1');
  expect(await composed([a, b], dataDir, compose)).toBe('supergraph 1');
  expect(await composed([a, changed], dataDir, compose)).toBe('supergraph 2');
  expect(calls).toEqual(['a,b', 'a,b2']);
  await rm(dataDir, { recursive: true });
});
