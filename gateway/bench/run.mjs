// npm run bench:gateway [-- options]: see README.md
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from '../bundle.mjs';
import { compare } from './compare.mjs';
import { measureCpus } from './cpus.mjs';
import { measureMemory } from './memory.mjs';
import { pinThisProcess } from './cores.mjs';
import { readOptions } from './options.mjs';
import { renderReport } from './report/render.mjs';
import { mergeResults } from './report/store.mjs';
import { startUpstream } from './upstream/start.mjs';
import { supergraphAt } from './upstream/schemas.mjs';

const options = readOptions();
pinThisProcess();
const folder = mkdtempSync(path.join(tmpdir(), 'souk-bench-'));
const upstream = await startUpstream();
const supergraph = path.join(folder, 'supergraph.graphql');
writeFileSync(supergraph, supergraphAt(upstream.port));
const souk = {
  main: await bundle('src/main.ts'),
  inProcess: await bundle('bench/contestants/souk-in-process.mjs'),
  floor: await bundle('bench/contestants/floor.mjs'),
};
try {
  const measure = { compare, cpus: measureCpus, memory: measureMemory }[options.what];
  const results = await measure({ upstream, supergraph, souk, folder, options });
  if (options.write) {
    await mergeResults(options.what, results, ({ heap, operation }) => `${heap} ${operation}`);
    console.log(`\n${await renderReport()}`);
  }
} finally {
  upstream.stop();
  rmSync(folder, { recursive: true, force: true });
}
