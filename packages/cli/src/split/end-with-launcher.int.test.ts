import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const preload = new URL('./end-with-launcher.mjs', import.meta.url).href;

/** Starts a program with a channel to this process. */
function start(before: readonly string[], program: string) {
  const modules = [...before, preload].flatMap((url) => ['--import', url]);
  const child = spawn(process.execPath, [...modules, '--eval', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => signal ?? code);
  return { child, ended };
}

test('a service ends when its launcher is gone', async () => {
  const { child, ended } = start([], 'process.send("here"); setInterval(() => {}, 1_000)');
  await once(child, 'message');
  child.disconnect();
  expect(await ended).toBe('SIGTERM');
});

test('a service whose launcher was gone before it could listen ends as well', async () => {
  const gone = 'process.disconnect(); await new Promise((done) => process.once("disconnect", done))';
  const { ended } = start([`data:text/javascript,${encodeURIComponent(gone)}`], '');
  expect(await ended).toBe('SIGTERM');
});

test('a worker thread, which has no channel, does not end its service', async () => {
  const { ended } = start([], 'new worker_threads.Worker(new URL("data:text/javascript,"))');
  expect(await ended).toBe(0);
});
