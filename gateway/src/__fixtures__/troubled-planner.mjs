// The planning thread's program, with trouble for operations of certain names. FILE is folder_name, in the system's
// folder for temporary files.
//   Gated_FILE: planned once the file is there      Stuck: never planned        Greedy: takes all memory
//   CrashOnce_FILE: ends the thread and writes the file; planned if it is there  Crash: ends the thread
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { bundle, PLANNING_THREAD } from '../../bundle.mjs';

const never = new Int32Array(new SharedArrayBuffer(4));
const sleep = (ms) => Atomics.wait(never, 0, 0, ms);

// Heard before the program's own listener, which then goes on as if nothing had been.
parentPort.on('message', ({ name = '' }) => {
  const [trouble, ...file] = name.split('_');
  const sign = path.join(tmpdir(), ...file);
  if (trouble === 'Gated') while (!existsSync(sign)) sleep(5);
  if (trouble === 'Stuck') for (;;) sleep(1_000);
  if (trouble === 'Greedy') for (const kept = []; ;) kept.push(Array.from({ length: 10_000 }, Math.random));
  if (trouble === 'Crash') process.exit(1);
  if (trouble === 'CrashOnce' && !existsSync(sign)) {
    writeFileSync(sign, '');
    process.exit(1);
  }
});
await import(pathToFileURL(await bundle(PLANNING_THREAD)).href);
