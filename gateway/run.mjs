#!/usr/bin/env node
// Runs one of the gateway's programs (`main`, `compose`) from its sources, without a build before: the gateway and
// the kit become one file, everything else is imported from node_modules as usual. Takes a quarter of a second.
// Images run `dist/main.js` instead, which needs no esbuild.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [program = 'main'] = process.argv.splice(2, 1);
const { outputFiles } = await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: [`src/${program}.ts`],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['souk:source'],
  sourcemap: 'inline',
  logLevel: 'warning',
  plugins: [
    {
      name: 'only-our-own',
      setup: ({ onResolve }) =>
        onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
          name.startsWith('@souk/') || kind === 'entry-point' ? undefined : { path: name, external: true },
        ),
    },
  ],
});
const [{ contents }] = outputFiles;
// Named by content: runs at the same time never see half of each other's file.
const cache = path.join(import.meta.dirname, 'node_modules/.cache/souk');
const file = path.join(
  cache,
  `${program}-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.mjs`,
);
await mkdir(cache, { recursive: true });
await writeFile(`${file}.${process.pid}`, contents);
await rename(`${file}.${process.pid}`, file);
// Paths in the configuration count from the repository's root, wherever npm started this.
process.chdir(path.join(import.meta.dirname, '..'));
await import(pathToFileURL(file).href);
