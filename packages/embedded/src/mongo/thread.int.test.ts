import { execFile } from 'node:child_process';
import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildServer } from './__fixtures__/bundle.js';
import type * as embedded from './index.js';

let built: Awaited<ReturnType<typeof buildServer>>;
let program: string;
beforeAll(async () => {
  built = await buildServer();
  program = path.join(path.dirname(built.index), 'program.mjs');
  await writeFile(program, PROGRAM);
  // A thread that dies when it is told to.
  await appendFile(
    path.join(path.dirname(built.index), 'thread-main.js'),
    `import { parentPort as orders } from 'node:worker_threads';
     orders.on('message', (order) => { if (order === 'die') throw new Error('out of order'); });`,
  );
});
afterAll(() => built.remove());

/** Lets its thread die, and closes when it hears of an error that nobody caught: as `souk up` does. */
const PROGRAM = `
  import { startEmbeddedMongo } from './index.js';
  const log = (fields, message) => console.log(message);
  let thread;
  process.once('worker', (worker) => (thread = worker));
  const logger = { info() {}, warn: log, error: log };
  const mongo = await startEmbeddedMongo({ production: false, thread: true, logger });
  process.once('uncaughtException', (error) => {
    console.log(error.message, error.cause?.message);
    mongo.stop().then(() => console.log('stopped')).finally(() => process.exit(1));
  });
  thread.postMessage('die');
`;

it('a thread that dies is told of once, to the whole process, and needs no stop', async () => {
  const outcome = await new Promise((resolve) => {
    execFile(process.execPath, [program], (error, stdout, stderr) =>
      resolve({ code: error?.code, stdout, stderr }),
    );
  });
  const stdout = 'The thread of the embedded MongoDB server died. out of order\nstopped\n';
  expect(outcome).toEqual({ code: 1, stdout, stderr: '' });
});

it('a thread that dies where it should stop fails the stop', async () => {
  const { startEmbeddedMongo } = (await import(/* @vite-ignore */ pathToFileURL(built.index).href)) as Pick<
    typeof embedded,
    'startEmbeddedMongo'
  >;
  const threads: Worker[] = [];
  process.once('worker', (worker) => threads.push(worker));
  const mongo = await startEmbeddedMongo({ production: false, thread: true });
  threads[0]?.postMessage('die');
  await expect(mongo.stop()).rejects.toThrow('out of order');
});
