import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** True while the number belongs to a process, a zombie included. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The words a process was started with, joined by spaces; empty if there is no such process. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  }
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout;
}

/**
 * Ends a process that is not our child: asks, waits, insists, waits again.
 *
 * @param options.ask the signal on which the program ends in order
 * @param options.insist the signal on which it ends at once
 * @throws Error naming the process if it is still there
 */
export async function endProcess(
  pid: number,
  options: { readonly name: string; readonly ask: NodeJS.Signals; readonly insist: NodeJS.Signals },
): Promise<void> {
  send(pid, options.ask);
  if (await ended(pid, ORDERLY_MS)) return;
  send(pid, options.insist);
  if (await ended(pid, IMMEDIATE_MS)) return;
  throw new Error(
    `The left-over ${options.name} does not end. End process ${pid} by hand, then start again.`,
  );
}

const ORDERLY_MS = 20_000;
const IMMEDIATE_MS = 10_000;

function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function ended(pid: number, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    if (!isAlive(pid) || (await isZombie(pid))) return true;
    await delay(25);
  }
  return false;
}

/** A process that ended but was not yet collected by its parent still answers to signal 0. */
async function isZombie(pid: number): Promise<boolean> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const state = line.lastIndexOf(')') + 2;
  return line.slice(state, state + 1) === 'Z';
}
