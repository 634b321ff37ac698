import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, processTree, signalAll } from './process-tree.js';

/** A server of a test's own, to be killed, frozen and started again as it likes. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Where it keeps what it keeps. */
  readonly dataDir: string;
  /** Its present process; another one after each start. */
  readonly pid: number;
  /** `kill -9` of all its processes; its data stays. Resolves when they are gone. */
  kill(): Promise<void>;
  /** Suspends all its processes: connections stay, and nothing is answered until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Starts it again on the same port and data, after killing it if it runs. Resolves when it is ready. */
  restart(): Promise<void>;
  /** Ends it, frozen or not, and removes its data. Safe to call twice. */
  stop(): Promise<void>;
}

/** How a server is run. */
export interface ServerProgram {
  /** For messages. */
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** @default the present one */
  readonly cwd?: string;
  /** What it writes, to either output, once it can be used. */
  readonly readyText: RegExp;
  /** Called after the server has ended for good. @default nothing else is to be ended */
  readonly cleanUp?: () => Promise<void>;
}

const REMEMBERED = 4_000;

/**
 * Starts a server and resolves when it is ready. If this process ends by itself, the server ends with it.
 *
 * @throws Error with the server's last words if it ends before
 */
export async function startServerProcess(program: ServerProgram): Promise<TestServer> {
  let child = launch(program);
  let stopped: Promise<void> | undefined;
  const endWithUs = (): void => signalAll(processTree(child.process.pid ?? 0), 'SIGKILL');
  process.once('exit', endWithUs);

  const kill = async (): Promise<void> => {
    const tree = processTree(child.process.pid ?? 0);
    // Parents first, so that none of them starts another child meanwhile.
    signalAll(tree, 'SIGSTOP');
    const all = new Set([...tree, ...processTree(child.process.pid ?? 0)]);
    signalAll([...all], 'SIGKILL');
    await child.ended;
    while ([...all].some(isRunning)) await delay(5);
    // Its process id may be somebody else's from now on.
    process.off('exit', endWithUs);
  };
  const stop = async (): Promise<void> => {
    await kill();
    await program.cleanUp?.();
    await rm(program.dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await child.ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: program.url,
    port: program.port,
    dataDir: program.dataDir,
    get pid() {
      return child.process.pid ?? 0;
    },
    kill,
    freeze: () => signalAll(processTree(child.process.pid ?? 0), 'SIGSTOP'),
    thaw: () => signalAll(processTree(child.process.pid ?? 0).reverse(), 'SIGCONT'),
    async restart() {
      await kill();
      child = launch(program);
      process.once('exit', endWithUs);
      await child.ready;
    },
    stop: () => (stopped ??= stop()),
  };
}

interface Launched {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  readonly ready: Promise<void>;
}

function launch({ name, command, env, cwd, readyText }: ServerProgram): Launched {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    env,
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const ready = new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-REMEMBERED);
      if (readyText.test(said)) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', (cause) =>
      reject(new Error(`${name} cannot be started: ${cause.message}`, { cause })),
    );
    void ended.then(() => reject(new Error(`${name} ended before it was ready:\n${said}`)));
  });
  ready.catch(() => {}); // Told to whoever awaits it; a kill during a start is nobody's error.
  return { process: child, ended, ready };
}
