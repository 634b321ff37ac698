import { readFileSync, readdirSync } from 'node:fs';

/** A process and everything it started, parents first. Processes that have ended are not among them. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? parentOf(pid) : undefined;
    if (parent !== undefined) parents.set(pid, parent);
  }
  const tree = parents.has(root) ? [root] : [];
  for (const member of tree) {
    for (const [pid, parent] of parents) if (parent === member) tree.push(pid);
  }
  return tree;
}

/**
 * Sends a signal to each process; those that have ended meanwhile are passed over. A server of several processes
 * (PostgreSQL, RabbitMQ) is only killed or frozen if all of them are.
 */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It is gone already.
    }
  }
}

/** True while a process runs; one that has ended and waits to be collected does not. */
export const isRunning = (pid: number): boolean => parentOf(pid) !== undefined;

/** @returns undefined for a process that is not there or has ended */
function parentOf(pid: number): number | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before is in parentheses, and may contain both spaces and parentheses.
    const [state, parent] = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}
