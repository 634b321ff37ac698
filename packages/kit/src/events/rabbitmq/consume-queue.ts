import { backoff, worthTelling } from '../../lifecycle/backoff.js';
import { sleep } from '../../lifecycle/sleep.js';
import type { ConsumerOptions } from '../run-consumer.js';
import type { EventLog } from '../event-log.js';
import { type EventSubscription, wantedBy } from '../transport.js';
import type { Broker } from './broker.js';
import { createLogSweep } from './log-sweep.js';
import type { Delivered, MessageQueue } from './message-queue.js';
import type { BrokerNames } from './names.js';
import { createQueueOpener } from './queue-opener.js';
import { createWaker } from './waker.js';

/** What {@link consumeQueue} needs. */
export interface ConsumeOptions extends ConsumerOptions {
  readonly broker: Broker;
  readonly names: BrokerNames;
  readonly log: EventLog;
  /** Age from which an event that the broker has not brought is read from the log, in milliseconds. @default 2_000 */
  readonly sweepMs?: number;
}

const WORTH_TELLING = 3;
/** So often the log may have what a queue should have brought, and it brings nothing, until it is made anew. */
const DRY_SWEEPS = 5;

/**
 * Feeds one subscription from its queue on the broker, and from the owner's log with whatever the queue does not
 * bring: a broker may be away, frozen, or have lost its data, and the log is what decides. A message is settled once
 * its effect is stored. One thing happens at a time, so an event that comes both ways is applied by one of them first.
 */
export function consumeQueue(
  subscription: EventSubscription,
  options: ConsumeOptions,
): { stop(): Promise<void> } {
  const { broker, names, log, logger, batchSize = 500, maxBackoffMs = 2_000, sweepMs = 2_000 } = options;
  const { consumer, owner, types, deliver } = subscription;
  const isWanted = wantedBy(subscription);
  const stopping = new AbortController();
  const waker = createWaker();
  const sweep = createLogSweep({ log, subscription, batchSize });
  const opener = createQueueOpener({
    ...{ broker, names, consumer, owner, types, logger },
    retryMs: sweepMs,
    prefetch: batchSize,
    signal: stopping.signal,
    onOpen: waker.wake,
    onMessage: waker.wake,
    onUnreadable: (messageId) =>
      logger.error(
        { consumer, owner, messageId },
        'a message is no event; it went to the dead letters of the broker',
      ),
  });
  let queue: MessageQueue | undefined;
  let drySweeps = 0;
  let remakes = 0;

  /** A queue that cannot be opened is no reason to wait: the log is read meanwhile, as without a broker. */
  const openQueue = (): MessageQueue | undefined => {
    const opened = opener.take();
    if (opened === undefined) return undefined;
    opened.lost.addEventListener('abort', waker.wake);
    sweep.beginAgain();
    return opened;
  };

  /** @returns false if nothing had come in */
  const deliverMessages = async (from: MessageQueue): Promise<boolean> => {
    const delivered = from.take(batchSize);
    if (delivered.length === 0) return false;
    drySweeps = 0;
    remakes = 0;
    await deliverPatiently(delivered, from.lost);
    return true;
  };

  /** It may be bound to nothing any more; or nobody publishes, and then a new one does no harm. */
  const leaveDryQueue = async (dry: MessageQueue): Promise<void> => {
    drySweeps = 0;
    remakes += 1;
    if (worthTelling(remakes)) {
      logger.warn(
        { consumer, owner, remakes },
        'a queue brings nothing of what is in the log, it is made anew',
      );
    }
    queue = undefined;
    opener.distrust();
    await dry.close();
  };

  /** As long as the messages are ours: once the channel is lost they come again on another one. */
  const deliverPatiently = async (delivered: readonly Delivered[], lost: AbortSignal): Promise<void> => {
    const events = delivered.map(({ event }) => event).filter(({ type }) => isWanted(type));
    for (let failures = 1; ; failures += 1) {
      try {
        if (events.length > 0) await deliver(events, 0);
        break;
      } catch (error) {
        tell(error, failures);
        await sleep(backoff(failures, { maxMs: maxBackoffMs }), AbortSignal.any([lost, stopping.signal]));
        if (lost.aborted || stopping.signal.aborted) return;
      }
    }
    for (const event of events) sweep.applied(event);
    for (const { settle } of delivered) settle();
  };

  const tell = (error: unknown, failures: number): void => {
    if (!worthTelling(failures)) return;
    // Whoever is restarted or stopped is away for a moment; only what stays away is worth an operator's time.
    const level = failures < WORTH_TELLING ? logger.debug : logger.warn;
    level.call(logger, { err: error, consumer, owner, failures }, 'event delivery failed, trying again');
  };

  const run = async (): Promise<void> => {
    let sweptAt = 0;
    for (let failures = 0; !stopping.signal.aborted;) {
      try {
        if (queue?.lost.aborted) queue = undefined;
        queue ??= openQueue();
        if (queue && (await deliverMessages(queue))) {
          failures = 0;
          if (performance.now() - sweptAt < sweepMs) continue;
        }
        if (queue === undefined) {
          // No broker: the log is read as it grows, with a look for a connection now and then.
          if (!(await sweep.readOn())) await log.waitBeyond(sweep.position(), sweepMs, stopping.signal);
        } else if (performance.now() - sweptAt >= sweepMs) {
          sweptAt = performance.now();
          if ((await sweep.readWhatIsMissing()) > 0) drySweeps += 1;
          if (drySweeps >= DRY_SWEEPS) await leaveDryQueue(queue);
        } else await waker.sleep(sweepMs - (performance.now() - sweptAt), stopping.signal);
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures += 1;
        sweep.beginAgain();
        tell(error, failures);
        // Cut short by a message: an owner that is away does not hold up what the broker brings.
        await waker.sleep(backoff(failures, { maxMs: maxBackoffMs }), stopping.signal);
      }
    }
  };
  const ended = run().finally(() => Promise.all([queue?.close(), opener.ended()]));

  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
