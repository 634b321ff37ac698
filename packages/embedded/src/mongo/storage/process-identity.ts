import { readFileSync } from 'node:fs';

/** A process, told apart from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in the kernel's ticks since boot; absent where the system does not say. */
  readonly started?: string;
}

export function identityOf(pid: number): ProcessIdentity | undefined {
  try {
    // the name in field 2 may contain anything, so count from its closing bracket; `started` is field 22
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    if (state === 'Z' || state === 'X') return undefined;
    const started = fields[19];
    return started === undefined ? { pid } : { pid, started };
  } catch {
    return isRunning(pid) ? { pid } : undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
