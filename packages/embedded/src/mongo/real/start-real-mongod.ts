import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../ports/free-ports.js';
import { silent, type EmbeddedMongo, type Logger } from '../options.js';
import { urlOf } from '../start.js';
import { stopLeftOver } from './stop-left-over.js';

export interface RealMongodOptions {
  /** The program, as {@link findMongod} found it. */
  readonly binary: string;
  /** Its data folder, created if missing. Only one owner at a time: a mongod that still runs on it is stopped. */
  readonly dataDir: string;
  /** How long it may take until it accepts connections, in milliseconds. @default 30000 */
  readonly startTimeoutMs?: number;
  /** How long it may take to stop before it is killed, in milliseconds. @default 10000 */
  readonly stopTimeoutMs?: number;
  /** @default silent */
  readonly logger?: Logger;
}

const host = '127.0.0.1';

/**
 * Starts a real MongoDB as a standalone server on a free loopback port, with the same API as the embedded one. It runs
 * in a session of its own, so that a Ctrl-C meant for the shop does not reach it; only `stop` ends it.
 *
 * @throws Error when it ends, or does not listen in time; its log is in the data folder
 */
export async function startRealMongod(options: RealMongodOptions): Promise<EmbeddedMongo> {
  const { binary, dataDir, startTimeoutMs = 30_000, stopTimeoutMs = 10_000, logger = silent } = options;
  const data = path.join(dataDir, 'db');
  const logFile = path.join(dataDir, 'mongod.log');
  await mkdir(data, { recursive: true });
  await stopLeftOver(data, logger);
  const port = await freePort();
  const child = spawn(
    binary,
    [
      '--dbpath',
      data,
      '--port',
      String(port),
      '--bind_ip',
      host,
      '--logpath',
      logFile,
      '--logappend',
      '--nounixsocket',
    ],
    { detached: true, stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  try {
    await listening(child, port, startTimeoutMs, logFile);
  } catch (error) {
    await end(child, exited, stopTimeoutMs);
    throw error;
  }
  logger.info({ host, port, binary, dataDir }, 'mongod is listening');
  let stopping: Promise<void> | undefined;
  return { url: urlOf(host, port), port, stop: () => (stopping ??= end(child, exited, stopTimeoutMs)) };
}

async function listening(
  child: ChildProcess,
  port: number,
  timeoutMs: number,
  logFile: string,
): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (failure !== undefined) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`mongod ended before it was ready; its log ${logFile} says why`);
    }
    if (await accepts(port)) return;
    await delay(50);
  }
  throw new Error(
    `mongod did not listen on port ${port} within ${timeoutMs} ms; its log ${logFile} says why`,
  );
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const answer = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

async function end(child: ChildProcess, exited: Promise<void>, timeoutMs: number): Promise<void> {
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  await exited;
  clearTimeout(killer);
}
