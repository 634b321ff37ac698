import { type ChildProcess, spawn } from 'node:child_process';
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresBinaries } from './binaries.js';
import type { Identity } from './identity.js';
import { lockFileOf } from './left-over.js';
import { type Durability, serverSettings } from './settings.js';

/** What one run of the server needs. */
export interface ServerOptions {
  readonly cluster: string;
  readonly logFile: string;
  readonly port: number;
  readonly durability: Durability;
  readonly binaries: PostgresBinaries;
  readonly identity: Identity;
}

/** A server that accepts connections. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends it in order; resolves when it has ended. */
  stop(): Promise<void>;
}

/** The server ended before it was ready; the message holds the last lines of its log. */
export class ServerFailed extends Error {
  /** True for a cluster that a killed server still seems to hold: worth another try. */
  readonly locked: boolean;

  constructor(log: string, logFile: string) {
    const reasons = log.split('\n').filter((line) => /FATAL|ERROR|HINT|error|refused|denied/.test(line));
    super(`PostgreSQL did not start: ${reasons.slice(-3).join(' ') || 'it said nothing'} (log: ${logFile})`);
    this.name = 'ServerFailed';
    this.locked = /lock file .* already exists|pre-existing shared memory block/.test(log);
  }
}

/** Recovery after a crash replays at most `max_wal_size`; a loaded machine needs its time for that. */
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 30_000;

/**
 * Starts `postgres` in a session of its own, so that the signals of a terminal or of npm reach only the launcher
 * and the database is always the last to go.
 *
 * @throws ServerFailed
 */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const log = await open(options.logFile, 'a', 0o600);
  const logStart = (await log.stat()).size;
  const { child, ended } = launch(options, log);
  await log.close();
  const ready = await Promise.race([untilReady(options.cluster, child), ended.then(() => false)]);
  if (!ready) {
    child.kill('SIGQUIT');
    await ended;
    throw new ServerFailed((await readFile(options.logFile, 'utf8')).slice(logStart), options.logFile);
  }
  return {
    // A process that became ready has a number.
    pid: child.pid as number,
    ended,
    stop: () => stop(child, ended),
  };
}

/** A server that finds the cluster taken ends within milliseconds: whoever waits for its end listens from the start. */
function launch(options: ServerOptions, log: FileHandle): { child: ChildProcess; ended: Promise<void> } {
  const { binaries, cluster, identity } = options;
  const settings = serverSettings(options.port, options.durability);
  const [program = '', ...args] = [...identity.prefix, binaries.postgres, '-D', cluster, ...settings];
  const child = spawn(program, args, {
    cwd: cluster,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { PATH: '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' },
  });
  child.unref();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return { child, ended };
}

/** The last line of the lock file says `ready` once connections are accepted. */
async function untilReady(cluster: string, child: ChildProcess): Promise<boolean> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const lines = (await readFile(lockFileOf(cluster), 'utf8').catch(() => '')).split('\n');
    if (lines[0] === String(child.pid) && lines[7]?.trim() === 'ready') return true;
    await delay(10);
  }
  return false;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}

/** Size of a file in bytes, 0 for none. */
export const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
