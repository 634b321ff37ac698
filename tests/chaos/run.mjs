#!/usr/bin/env node
// Breaks a running shop and checks that it kept its promises: npm run chaos -- [--seed N] [--seconds S] [--keep]. Needs a
// build; docs/chaos.md tells the rest.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = import.meta.dirname;
// Only the suite itself runs from its sources: the shop, and all of its parts, as they were built.
const { outputFiles } = await build({
  entryPoints: [path.join(here, 'main.ts')],
  bundle: true,
  write: false,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'inline',
  logLevel: 'warning',
});
const [{ contents }] = outputFiles;
const cache = path.join(here, '../node_modules/.cache/souk');
const name = `chaos-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.mjs`;
await mkdir(cache, { recursive: true });
await writeFile(path.join(cache, name), contents);
process.chdir(path.join(here, '../..'));
await import(pathToFileURL(path.join(cache, name)).href);
