import type { Logger } from '../log/logger.js';
import { sleep } from './sleep.js';

/** Something that would grow for ever. */
export interface Pruning {
  /** For the log: what is removed, for example `inbox rows`. */
  readonly name: string;
  /**
   * Removes at most `limit` of what nobody will ask for again. Several processes may do so at one time.
   * @returns how many were removed
   */
  readonly prune: (limit: number) => Promise<number>;
}

/** What {@link startPruning} needs. */
export interface PruningOptions {
  readonly tasks: readonly Pruning[];
  readonly logger: Logger;
  /** Pause between two rounds, in milliseconds. @default 3_600_000 */
  readonly everyMs?: number;
  /** Wait before the first round, in milliseconds. @default one to two minutes, so that a start is not slowed down */
  readonly firstMs?: number;
  /** Most that is removed at once. @default 1_000 */
  readonly portion?: number;
}

/**
 * Removes what is old, in small portions with pauses as long as they took: a table that was never pruned before keeps a
 * database busy for half of the time at most. What fails is tried again in the next round.
 *
 * @example const pruning = startPruning({ tasks: [inboxPruning(pool)], logger }); await pruning.stop();
 */
export function startPruning(options: PruningOptions): { stop(): Promise<void> } {
  const { tasks, logger, everyMs = 3_600_000, portion = 1_000 } = options;
  const { firstMs = 60_000 * (1 + Math.random()) } = options;
  const stopping = new AbortController();

  const pruneAll = async ({ name, prune }: Pruning): Promise<void> => {
    let removed = 0;
    for (let last = portion; last === portion && !stopping.signal.aborted;) {
      const begun = performance.now();
      last = await prune(portion);
      removed += last;
      if (last === portion) await sleep(performance.now() - begun, stopping.signal);
    }
    if (removed > 0) logger.info({ removed }, `forgot old ${name}`);
  };
  const run = async (): Promise<void> => {
    await sleep(firstMs, stopping.signal);
    while (!stopping.signal.aborted) {
      for (const task of tasks) {
        await pruneAll(task).catch((error: unknown) =>
          logger.warn({ err: error }, `cannot forget old ${task.name}, trying again later`),
        );
      }
      await sleep(everyMs, stopping.signal);
    }
  };
  const ended = run();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
