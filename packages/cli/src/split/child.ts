import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program to run as a process of its own. */
export interface Program {
  /** Goes before each line it writes. @default nothing */
  readonly name?: string;
  readonly file: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A running program. */
export interface Child {
  readonly pid: number | undefined;
  /** Resolves with what to tell of its end: `exit code 1`, `SIGKILL`. */
  readonly ended: Promise<string>;
  /** The last lines it wrote, for the case that it ends too early. */
  lastWords(): string;
  /** Asks it to end, and makes it end after ten seconds. */
  stop(): Promise<void>;
}

const STOP_LIMIT_MS = 10_000;
const REMEMBERED_LINES = 5;

/**
 * Starts a program in a session of its own, so that signals of a terminal or of npm reach only the launcher, which
 * then stops its children in order. It ends by itself if the launcher is killed.
 */
export function startChild(program: Program, write: (line: string) => void): Child {
  const preload = new URL('./end-with-launcher.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', preload, program.file, ...(program.args ?? [])], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...program.env },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream ?? process.stdin }).on('line', (line) => {
      lines.push(line);
      if (lines.length > REMEMBERED_LINES) lines.shift();
      write(program.name === undefined ? line : `[${program.name}] ${line}`);
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return {
    pid: child.pid,
    ended,
    lastWords: () => lines.join('\n'),
    stop: () => stop(child, ended),
  };
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}
