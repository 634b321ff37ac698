import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import path from 'node:path';
import { createLogger } from '@souk/kit/log';
import { until } from '@souk/testkit/waiting';
import { afterEach, expect, it } from 'vitest';
import { runWorkers, type Workers, WorkerStartError } from './run-workers.js';

const program = path.join(import.meta.dirname, '../__fixtures__/listening-worker.mjs');
let said: string[] = [];
const logger = createLogger({ level: 'error', destination: { write: (line) => void said.push(line) } });
const complaints = (text: string): number => said.filter((line) => line.includes(text)).length;
const living = (): Worker[] =>
  Object.values(cluster.workers ?? {}).flatMap((worker) => (worker?.isDead() === false ? [worker] : []));

let workers: Workers | undefined;
afterEach(async () => {
  await workers?.stop();
  said = [];
});

const noFolder = {
  prevent: () => cluster.setupPrimary({ cwd: path.join(import.meta.dirname, 'not-there') }),
  allow: () => cluster.setupPrimary({ cwd: process.cwd() }),
};
const tooLong = {
  prevent: () => (process.env['TOO_LONG'] = 'x'.repeat(1 << 20)),
  allow: () => delete process.env['TOO_LONG'],
};

it('says so if not even the first process can be made', async () => {
  noFolder.prevent();
  workers = runWorkers({ count: 2, program, logger });
  await expect(workers.serving).rejects.toThrow(WorkerStartError);
  noFolder.allow();
  expect(complaints('ENOENT')).toBe(1);
});

it.each([
  ['an error that is told', 'ENOENT', noFolder],
  ['an error that is thrown', 'E2BIG', tooLong],
])('tries again until a process can be made: %s', async (_kind, code, making) => {
  workers = runWorkers({ count: 2, program, logger });
  await workers.serving;
  making.prevent();
  living()[0]?.process.kill('SIGKILL');
  await until(() => complaints(code) >= 2);
  making.allow();
  await once(cluster, 'listening');
  expect(living()).toHaveLength(2);
  await workers.stop();
  expect(living()).toEqual([]);
});

it('outlives a message that does not reach a process', async () => {
  workers = runWorkers({ count: 2, program, logger });
  await workers.serving;
  const stopped = workers.stop();
  for (const worker of living()) worker.emit('error', new Error('write EPIPE'));
  await stopped;
  expect(complaints('write EPIPE')).toBe(2);
  expect(living()).toEqual([]);
});
