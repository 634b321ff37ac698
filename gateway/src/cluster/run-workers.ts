import cluster, { type Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { serveClusterMetrics } from './cluster-metrics.js';
import { stopTimeIn } from './stop-time.js';

/** What a worker may take to stop once its last request has ended, in milliseconds. */
const MARGIN_MS = 800;

/** What {@link runWorkers} needs. */
export interface WorkersOptions {
  /** How many processes share the port. */
  readonly count: number;
  /** The program's file; it finds `cluster.isWorker` true. */
  readonly program: string;
  readonly logger: Logger;
  /**
   * How long workers may take to stop before they are killed, in milliseconds; longer if one of them has said so with
   * `tellStopTime`. @default 3800
   */
  readonly stopMs?: number;
  /** A worker that lived this long is replaced at once, in milliseconds; others ever later. @default 10000 */
  readonly steadyMs?: number;
}

/** Processes behind one port. */
export interface Workers {
  /** Fulfilled once all serve. Rejected with a WorkerStartError if the first one ends before it listens. */
  readonly serving: Promise<void>;
  /** Tells all workers to finish, and waits until they have ended. Safe to call twice. */
  stop(): Promise<void>;
}

/** The first worker ended before it served; it has said why. */
export class WorkerStartError extends Error {}

/**
 * Runs one program in several processes behind one port: this process accepts connections and hands them out in
 * turn. The first worker starts alone, so that a wrong setting or a port that is taken is reported once. One that
 * dies is replaced.
 *
 * @example
 * const workers = runWorkers({ count: 4, program: fileURLToPath(import.meta.url), logger });
 * onShutdownSignals(() => workers.stop(), { logger });
 * await workers.serving;
 */
export function runWorkers(options: WorkersOptions): Workers {
  const { count, program, logger, steadyMs = 10_000 } = options;
  /** Each with its end. */
  const running = new Map<Worker, Promise<unknown>>();
  let stopMs = options.stopMs ?? 3_800;
  let stopping: Promise<void> | undefined;
  let failures = 0;

  cluster.setupPrimary({ exec: program, args: [] });
  serveClusterMetrics(logger);

  const start = (onEnd: (code: number | null, livedMs: number, pid: number) => void): Worker => {
    const startedAt = performance.now();
    const worker = cluster.fork();
    worker.on('message', (message: unknown) => {
      const saidMs = stopTimeIn(message);
      if (saidMs !== undefined) stopMs = Math.max(stopMs, saidMs + MARGIN_MS);
    });
    const ended = new Promise<number | null>((resolve) => {
      worker.once('exit', resolve);
      worker.on('error', (error) => {
        logger.error({ err: error, worker: worker.process.pid }, 'a worker cannot be started or reached');
        // What was never a process has no exit.
        if (worker.process.pid === undefined) resolve(null);
      });
    }).then((code) => {
      running.delete(worker);
      onEnd(code, performance.now() - startedAt, worker.process.pid ?? 0);
    });
    running.set(worker, ended);
    return worker;
  };
  const replace = (code: number | null, livedMs: number, pid: number): void => {
    if (stopping) return;
    failures = livedMs >= steadyMs ? 1 : failures + 1;
    const pauseMs = backoff(failures);
    logger.error({ worker: pid, code, pauseMs }, 'a worker ended, another one takes its place');
    setTimeout(() => {
      if (stopping) return;
      try {
        start(replace);
      } catch (error) {
        // Some of what keeps a process from starting is thrown, such as too little memory.
        logger.error({ err: error }, 'a worker cannot be started');
        replace(null, 0, 0);
      }
    }, pauseMs);
  };
  const stop = async (): Promise<void> => {
    const ended = Promise.all(running.values());
    for (const worker of running.keys()) worker.process.kill('SIGTERM');
    await Promise.race([ended, sleep(stopMs, undefined, { ref: false })]);
    for (const worker of running.keys()) worker.process.kill('SIGKILL');
    await ended;
  };

  const startFirst = (): Promise<void> =>
    new Promise((resolve, reject) => {
      let serves = false;
      const first = start((code, livedMs, pid) => {
        if (serves) replace(code, livedMs, pid);
        else if (!stopping)
          reject(
            new WorkerStartError('The gateway did not start; what its first process says stands above.'),
          );
      });
      first.once('listening', () => {
        serves = true;
        resolve();
      });
    });
  const startAll = async (): Promise<void> => {
    await startFirst();
    if (stopping) return;
    const others = Array.from({ length: count - 1 }, () => start(replace));
    await Promise.all(
      others.map((worker) => {
        const listening = new Promise<void>((resolve) => worker.once('listening', () => resolve()));
        return Promise.race([listening, running.get(worker)]);
      }),
    );
  };
  return { serving: startAll(), stop: () => (stopping ??= stop()) };
}
