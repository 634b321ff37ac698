import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Long enough for another process's whole installation. */
const LIMIT_MS = 600_000;

/**
 * Runs the work while no other process does: two commands started at once must not install at once.
 *
 * @template T
 * @param {string} file made for the time of the work; holds the process number
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  await mkdir(path.dirname(file), { recursive: true });
  const deadline = performance.now() + LIMIT_MS;
  for (let told = false; !(await take(file)); told = true) {
    const holder = await readFile(file, 'utf8').catch(() => '');
    if (holder !== '' && !isAlive(Number(holder))) await rm(file, { force: true });
    else if (performance.now() > deadline)
      throw new Error(`Process ${holder} holds ${file}. End it, or remove the file.`);
    else {
      if (!told) console.error(`waiting for process ${holder}, which installs or builds in this folder`);
      await delay(200);
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** @param {string} file */
async function take(file) {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
