import { worthTelling } from '../lifecycle/backoff.js';
import { sleep } from '../lifecycle/sleep.js';
import type { Logger } from '../log/logger.js';
import type { EventSubscription } from './transport.js';

/** How {@link startRedelivery} works. */
export interface RedeliveryOptions {
  readonly logger: Logger;
  /** Pause between two looks for dead letters that are to be tried again, in milliseconds. @default 5_000 */
  readonly redeliverEveryMs?: number;
}

/** Looks from time to time for dead letters of a subscription that an operator asked to try again. */
export function startRedelivery(
  { consumer, owner, redeliver }: EventSubscription,
  { logger, redeliverEveryMs = 5_000 }: RedeliveryOptions,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    if (redeliver === undefined) return;
    for (let failures = 0; !stopping.signal.aborted;) {
      try {
        const tried = await redeliver();
        failures = 0;
        if (tried > 0) logger.info({ consumer, owner, events: tried }, 'dead letters tried again');
      } catch (error) {
        failures += 1;
        if (worthTelling(failures)) {
          logger.debug(
            { err: error, consumer, owner, failures },
            'cannot look for dead letters to try again',
          );
        }
      }
      await sleep(redeliverEveryMs, stopping.signal);
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
