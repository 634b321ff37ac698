import { spawn, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import path from 'node:path';

/** Linux with two processors or more: the gateway has one to itself, subgraphs and load share another. */
export const canPin = cpus().length > 1 && spawnSync('taskset', ['-V']).status === 0;
export const cores = { gateway: '0', others: '1' };

const root = path.join(import.meta.dirname, '../..');
const { env: inherited } = process; // eslint-disable-line no-restricted-properties -- passed on, not read

/** Starts a Node.js program on a core; on all of them if none is named. */
export function startNode(core, args, { environment = {}, stdio = ['ignore', 'ignore', 'inherit'] } = {}) {
  const command =
    canPin && core !== undefined ? ['taskset', '-c', core, process.execPath] : [process.execPath];
  const [program, ...rest] = [...command, ...args];
  return spawn(program, rest, { cwd: root, env: { ...inherited, ...environment }, stdio });
}

/** Moves a process with all its threads to a core; undefined for all of them. */
export function runOn(core, pid) {
  if (canPin) spawnSync('taskset', ['-acp', core ?? `0-${cpus().length - 1}`, String(pid)]);
}

/** Moves this process, which makes the load, to the core of the others. */
export const pinThisProcess = () => runOn(cores.others, process.pid);
