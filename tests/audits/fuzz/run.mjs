#!/usr/bin/env node
// Fuzzes the gateway: npm run fuzz -- [--seconds 120] [--seed N] [--path P]. A failure prints seed and path of the
// smallest case.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { seconds: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' } },
});
const given = Object.entries({ seconds: '120', ...values }).map(([name, value]) => [
  `SOUK_FUZZ_${name.toUpperCase()}`,
  value,
]);
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--config', 'tests/vitest.config.ts', 'tests/audits/fuzz'],
  {
    cwd: path.join(import.meta.dirname, '../../..'),
    env: { ...process.env, ...Object.fromEntries(given) },
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
