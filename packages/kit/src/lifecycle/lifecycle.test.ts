import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createLogger } from '../log/index.js';
import {
  backoff,
  onShutdownSignals,
  runProgram,
  sleep,
  startAll,
  stopAll,
  withDeadline,
  worthTelling,
} from './index.js';

const logger = createLogger({ level: 'silent' });

test('back-off doubles up to its ceiling and leaves out at most half', () => {
  const longest = [1, 2, 3, 4, 50].map((attempt) =>
    backoff(attempt, { minMs: 100, maxMs: 500, random: () => 1 }),
  );
  expect(longest).toEqual([100, 200, 400, 500, 500]);
  expect(backoff(3, { minMs: 100, maxMs: 500, random: () => 0 })).toBe(200);
});

test('an outage is told of ever more rarely', () => {
  const told = Array.from({ length: 20 }, (_, index) => index + 1).filter(worthTelling);
  expect(told).toEqual([1, 2, 4, 8, 16]);
});

test('a program that cannot start says why without a stack, and exits with 1', async () => {
  const said: string[] = [];
  const exits: number[] = [];
  const outcome = { print: (text: string) => said.push(text), exit: (code: number) => exits.push(code) };
  await runProgram(async () => {
    throw new Error('No database answers. Check DATABASE_URL.', { cause: new Error('connect ECONNREFUSED') });
  }, outcome);
  await runProgram(async () => {}, outcome);
  expect(said).toEqual(['No database answers. Check DATABASE_URL. Reason: connect ECONNREFUSED']);
  expect(exits).toEqual([1]);
});

test('sleep ends early when it is aborted, before or meanwhile', async () => {
  const stopping = new AbortController();
  const sleeping = sleep(60_000, stopping.signal);
  stopping.abort();
  await sleeping;
  await sleep(60_000, stopping.signal);
});

test('a deadline names the work that was late', async () => {
  await expect(withDeadline(new Promise(() => {}), 5, 'Closing the till')).rejects.toThrow(
    'Closing the till took longer than 5 ms.',
  );
  await expect(withDeadline(Promise.resolve(7), 1_000, 'Counting')).resolves.toBe(7);
});

const recording = () => {
  const calls: string[] = [];
  const part = (name: string, failing: readonly string[] = []) => ({
    name,
    start: async () => {
      calls.push(`start ${name}`);
      if (failing.includes('start')) throw new Error(`${name} is broken`);
    },
    stop: async () => {
      calls.push(`stop ${name}`);
      if (failing.includes('stop')) throw new Error(`${name} will not stop`);
    },
  });
  return { calls, part };
};

test('parts start in order and stop in reverse, and one that cannot stop holds up no other', async () => {
  const { calls, part } = recording();
  const parts = [part('database'), part('app', ['stop']), part('server')];
  await startAll(parts, logger);
  expect(await stopAll(parts, logger)).toBe(false);
  expect(calls).toEqual([
    ...['start database', 'start app', 'start server'],
    ...['stop server', 'stop app', 'stop database'],
  ]);
});

test('when a part cannot start, nothing stays half started', async () => {
  const { calls, part } = recording();
  const parts = [part('database'), part('app', ['start']), part('server')];
  await expect(startAll(parts, logger)).rejects.toThrow('app is broken');
  expect(calls).toEqual(['start database', 'start app', 'stop app', 'stop database']);
});

const signalled = (handler: () => Promise<void>) => {
  const source = new EventEmitter() as EventEmitter & Pick<NodeJS.Process, 'on' | 'off'>;
  let time = 0;
  const exits: number[] = [];
  const stopListening = onShutdownSignals(handler, {
    logger,
    source,
    now: () => time,
    exit: (code) => exits.push(code),
  });
  return { source, exits, stopListening, pass: (ms: number) => (time += ms) };
};

test('a signal that arrives twice shuts down once, and exits with 0', async () => {
  let runs = 0;
  const { source, exits } = signalled(async () => void (runs += 1));
  source.emit('SIGINT', 'SIGINT');
  source.emit('SIGTERM', 'SIGTERM');
  await sleep(0);
  expect({ runs, exits }).toEqual({ runs: 1, exits: [0] });
});

test('a second signal after the grace time does not wait any longer', async () => {
  const { source, exits, pass } = signalled(() => new Promise(() => {}));
  source.emit('SIGTERM', 'SIGTERM');
  pass(10_000);
  source.emit('SIGTERM', 'SIGTERM');
  expect(exits).toEqual([]);
  pass(1);
  source.emit('SIGTERM', 'SIGTERM');
  expect(exits).toEqual([1]);
});

test('a shutdown that fails exits with 1, and nothing listens after unsubscribing', async () => {
  const { source, exits, stopListening } = signalled(() => Promise.reject(new Error('stuck')));
  source.emit('SIGTERM', 'SIGTERM');
  await sleep(0);
  expect(exits).toEqual([1]);
  stopListening();
  expect(source.listenerCount('SIGTERM') + source.listenerCount('SIGINT')).toBe(0);
});
