import { backoff, worthTelling } from '../lifecycle/backoff.js';
import { sleep } from '../lifecycle/sleep.js';
import type { Logger } from '../log/logger.js';
import type { EventLog } from './event-log.js';
import type { RedeliveryOptions } from './redelivery.js';
import { type EventSubscription, wantedBy } from './transport.js';

/** How {@link runConsumer} reads. */
export interface ConsumerOptions extends RedeliveryOptions {
  readonly logger: Logger;
  /** Most events read at once. @default 500 */
  readonly batchSize?: number;
  /** Longest wait for news before reading again, in milliseconds. @default 10_000 */
  readonly waitMs?: number;
  /** Longest pause after failures, in milliseconds. @default 2_000 */
  readonly maxBackoffMs?: number;
}

/** Events of other types may pass by this often before the cursor is stored without an effect. */
const SKIPPED_BEFORE_STORING = 1_000;

/** Failures in a row from which on they are logged as warnings. */
const WORTH_TELLING = 3;

/**
 * Feeds one subscription from one log until stopped: read after the cursor, keep the wanted types, deliver, wait
 * for more. A failed delivery is repeated with growing, jittered pauses; nothing is ever skipped here.
 *
 * @example const running = runConsumer(log, subscription, { logger }); await running.stop();
 */
export function runConsumer(
  log: EventLog,
  subscription: EventSubscription,
  options: ConsumerOptions,
): { stop(): Promise<void> } {
  const { logger, batchSize = 500, waitMs = 10_000, maxBackoffMs = 2_000 } = options;
  const { consumer, owner, cursor, deliver } = subscription;
  const isWanted = wantedBy(subscription);
  const stopping = new AbortController();

  const run = async (): Promise<void> => {
    let stored: number | undefined;
    let position = 0;
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        if (stored === undefined) stored = position = await cursor.load(owner);
        const events = await log.read(position, batchSize);
        const upTo = events.reduce((highest, event) => Math.max(highest, event.position), position);
        const batch = events.filter(({ type }) => isWanted(type));
        if (batch.length > 0 || upTo - stored >= SKIPPED_BEFORE_STORING) {
          await deliver(batch, upTo);
          stored = upTo;
        }
        position = upTo;
        failures = 0;
        // A full page has a next one; otherwise the wait tells, which costs no read.
        if (events.length < batchSize) await log.waitBeyond(position, waitMs, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures += 1;
        // The cursor may have been stored although the answer was lost: ask again instead of guessing.
        stored = undefined;
        if (worthTelling(failures)) {
          // Whoever is restarted or stopped is away for a moment; only what stays away is worth an operator's time.
          const tell = failures < WORTH_TELLING ? logger.debug : logger.warn;
          tell.call(logger, { err: error, consumer, owner, failures }, 'event delivery failed, trying again');
        }
        await sleep(backoff(failures, { maxMs: maxBackoffMs }), stopping.signal);
      }
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
