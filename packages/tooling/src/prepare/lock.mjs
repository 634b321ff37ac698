import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StepFailed } from './step.mjs';

/** Long enough for another process's whole installation. */
const LIMIT_MS = 600_000;

/**
 * Runs the work while no other process does: two commands started at once must not install at once. The lock is a
 * socket that listens, so the system frees it however its holder ends.
 *
 * @template T
 * @param {string} folder what to work on alone
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  const address = addressFor(folder);
  const deadline = performance.now() + LIMIT_MS;
  for (let told = false; ; told = true) {
    const server = await listen(address);
    if (server) return work().finally(() => server.close());
    if (performance.now() > deadline) {
      throw new StepFailed(
        `Another process has been installing or building in ${folder} for ten minutes. End it.`,
      );
    }
    if (!told) console.error('waiting for another process that installs or builds here');
    if (!address.startsWith('\0') && !(await answers(address))) await rm(address, { force: true });
    await delay(100);
  }
}

/** @param {string} folder */
function addressFor(folder) {
  const name = `souk-prepare-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  // Linux has names that are no files and vanish with their holder.
  return process.platform === 'linux' ? `\0${name}` : path.join(os.tmpdir(), name);
}

/**
 * @param {string} address
 * @returns {Promise<import('node:net').Server | undefined>} undefined if somebody else listens there
 */
const listen = (address) =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve(server.unref()));
  });

/**
 * @param {string} address
 * @returns {Promise<boolean>}
 */
const answers = (address) =>
  new Promise((resolve) => {
    const socket = createConnection(address, () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });
