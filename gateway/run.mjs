#!/usr/bin/env node
// Runs one of the gateway's programs (`main`, `compose`) from its sources, without a build before.
// Images run `dist/main.js` instead, which needs no esbuild.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const [program = 'main'] = process.argv.splice(2, 1);
const file = await bundle(`src/${program}.ts`);
// Paths in the configuration count from the repository's root, wherever npm started this.
process.chdir(path.join(import.meta.dirname, '..'));
await import(pathToFileURL(file).href);
