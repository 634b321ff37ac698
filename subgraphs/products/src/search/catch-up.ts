import type { EventLog } from '@souk/kit/events';
import { backoff, sleep } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';

/** Follows the products' own events. */
export interface CatchUp {
  /** @param position everything up to it is known already */
  start(position: number): void;
  stop(): Promise<void>;
}

const AT_ONCE = 500;
const LONGEST_WAIT_MS = 10_000;

/**
 * Reads the log behind a position, for ever, and has every product that an event names looked at again. Events only
 * say "look": what the store says then is the truth, so order and repetition do not matter.
 */
export function createCatchUp(deps: {
  readonly log: EventLog;
  readonly logger: Logger;
  readonly refresh: (productIds: readonly string[]) => Promise<void>;
}): CatchUp {
  const { log, logger, refresh } = deps;
  const stopping = new AbortController();
  let position = 0;
  let running: Promise<void> | undefined;

  const step = async (): Promise<void> => {
    const events = await log.read(position, AT_ONCE);
    const last = events.at(-1);
    if (!last) return log.waitBeyond(position, LONGEST_WAIT_MS, stopping.signal);
    await refresh([...new Set(events.map(({ aggregateId }) => aggregateId))]);
    position = last.position;
  };
  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        await step();
        failures = 0;
      } catch (error) {
        failures += 1;
        logger.warn({ err: error, failures }, 'search index could not follow, trying again');
        await sleep(backoff(failures), stopping.signal);
      }
    }
  };

  return {
    start(from) {
      position = from;
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
