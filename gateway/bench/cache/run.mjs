// npm run bench:cache [-- options]: see ../README.md
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../../bundle.mjs';
import { pinThisProcess } from '../cores.mjs';
import { circumstances } from '../report/circumstances.mjs';
import { writeReport } from '../report/store.mjs';
import { measureHitCost } from './hit-cost.mjs';
import { cacheReport } from './report.mjs';
import { measureStaleness } from './staleness.mjs';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '20' },
    'stale-seconds': { type: 'string', default: '30' },
    readers: { type: 'string', default: '4' },
    'write-every': { type: 'string', default: '20' },
    write: { type: 'boolean', default: true },
  },
});
const number = (name) => Number(values[name]);
const secret = 'only-this-benchmark-signs-with-this-secret';

pinThisProcess();
const around = circumstances();
const main = await bundle('src/main.ts');
const { startShop } = await import(await bundle('bench/cache/shop.mjs'));
const folder = mkdtempSync(path.join(tmpdir(), 'souk-bench-'));
const shop = await startShop(secret);
try {
  const supergraph = path.join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, shop.supergraphSdl);
  const gateway = (environment) => ({
    arguments: [main],
    environment: {
      NODE_ENV: 'production',
      SUPERGRAPH_SDL: supergraph,
      SOUK_INTERNAL_SECRET: secret,
      LOG_LEVEL: 'silent',
      ...environment,
    },
  });
  const [rounds, seconds, connections] = ['rounds', 'seconds', 'connections'].map(number);
  const hitCost = await measureHitCost({ gateway, rounds, seconds, connections });
  const staleness = await measureStaleness({
    gateway,
    shop,
    seconds: number('stale-seconds'),
    readers: number('readers'),
    writeEveryMs: number('write-every'),
  });
  console.log(staleness);
  if (values.write) await writeReport(cacheReport({ hitCost, staleness, around }), 'benchmarks-cache.md');
  if (staleness.violations > 0) process.exitCode = 1;
} finally {
  await shop.stop();
  rmSync(folder, { recursive: true, force: true });
}
