import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { serveClusterMetrics } from './cluster-metrics.js';

/** What {@link runWorkers} needs. */
export interface WorkersOptions {
  /** How many processes share the port. */
  readonly count: number;
  /** The program's file; it finds `cluster.isWorker` true. */
  readonly program: string;
  readonly logger: Logger;
  /** How long workers may take to stop before they are killed, in milliseconds. @default 3800 */
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
  const { count, program, logger, stopMs = 3_800, steadyMs = 10_000 } = options;
  const running = new Set<Worker>();
  let stopping: Promise<void> | undefined;
  let failures = 0;

  cluster.setupPrimary({ exec: program, args: [] });
  serveClusterMetrics(logger);

  const start = (onEnd: (code: number | null, livedMs: number, pid: number) => void): Worker => {
    const startedAt = performance.now();
    const worker = cluster.fork();
    running.add(worker);
    worker.once('exit', (code: number | null) => {
      running.delete(worker);
      onEnd(code, performance.now() - startedAt, worker.process.pid ?? 0);
    });
    return worker;
  };
  const replace = (code: number | null, livedMs: number, pid: number): void => {
    if (stopping) return;
    failures = livedMs >= steadyMs ? 1 : failures + 1;
    const pauseMs = backoff(failures);
    logger.error({ worker: pid, code, pauseMs }, 'a worker ended, another one takes its place');
    setTimeout(() => {
      if (!stopping) start(replace);
    }, pauseMs);
  };
  const stop = async (): Promise<void> => {
    const ended = Promise.all([...running].map((worker) => once(worker, 'exit')));
    for (const worker of running) worker.process.kill('SIGTERM');
    await Promise.race([ended, sleep(stopMs, undefined, { ref: false })]);
    for (const worker of running) worker.process.kill('SIGKILL');
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
      others.map((worker) => Promise.race([once(worker, 'listening'), once(worker, 'exit')])),
    );
  };
  return { serving: startAll(), stop: () => (stopping ??= stop()) };
}
