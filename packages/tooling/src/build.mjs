#!/usr/bin/env node
// Builds the workspace in the current folder: every source file of src/ becomes one file of dist/ (types
// erased, nothing bundled), and files that code reads beside itself (SDL, SQL) are copied.
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const isTest = (file) => /\.(test|int\.test|e2e\.test|contract)\.ts$|(^|\/)__fixtures__\//.test(file);
const entries = (await readdir('src', { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative('src', path.join(entry.parentPath, entry.name)));

// Made beside the old one and put in its place at the end: a server that starts meanwhile finds all of one build.
const NEXT = 'dist.next';
await rm(NEXT, { recursive: true, force: true });
await build({
  entryPoints: entries
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !isTest(file))
    .map((file) => path.join('src', file)),
  outdir: NEXT,
  outbase: 'src',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'linked',
  logLevel: 'warning',
});
for (const file of entries.filter(
  (name) => /\.(graphql|sql|json|svg|css|html|mjs|wasm)$/.test(name) && !isTest(name),
)) {
  await mkdir(path.dirname(path.join(NEXT, file)), { recursive: true });
  await cp(path.join('src', file), path.join(NEXT, file));
}
// What a workspace is configured with, such as gateway.config.ts, becomes code beside the code that reads it.
const settings = (await readdir('.')).filter((file) => /^[a-z-]+\.config\.ts$/.test(file));
if (settings.length > 0) {
  await build({ entryPoints: settings, outdir: NEXT, format: 'esm', platform: 'node', target: 'node20.19' });
}
await rm('dist', { recursive: true, force: true });
await rename(NEXT, 'dist');
