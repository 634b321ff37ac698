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
const CONTROL_SECONDS = 8;
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
  const load = { gateway, shop, readers: number('readers'), writeEveryMs: number('write-every') };
  const staleness = await measureStaleness({ ...load, seconds: number('stale-seconds') });
  const control = await measureStaleness({ ...load, seconds: CONTROL_SECONDS, isTold: false });
  console.log({ staleness, control });
  if (control.stale === 0) throw new Error('Without events nothing was stale: this measures nothing.');
  if (values.write)
    await writeReport(cacheReport({ hitCost, staleness, control, around }), 'benchmarks-cache.md');
  if (staleness.violations > 0) process.exitCode = 1;
} finally {
  await shop.stop();
  rmSync(folder, { recursive: true, force: true });
}
