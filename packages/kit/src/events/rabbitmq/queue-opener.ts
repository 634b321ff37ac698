import { worthTelling } from '../../lifecycle/backoff.js';
import type { Logger } from '../../log/logger.js';
import type { Broker, BrokerConnection } from './broker.js';
import { inTime } from './in-time.js';
import { deleteUnreadQueue } from './look-at-queue.js';
import { type MessageQueue, type MessageQueueOptions, openMessageQueue } from './message-queue.js';

/** A queue that is being opened, behind the back of whoever reads the log meanwhile. */
export interface QueueOpener {
  /** The queue, once for each time that it was opened; begins to open it where need be. */
  take(): MessageQueue | undefined;
  /** Has the queue deleted before it is opened the next time, unless another replica reads it. */
  distrust(): void;
  /** Resolves when nothing is under way any more, soon after `signal` is aborted. */
  ended(): Promise<void>;
}

/** What {@link createQueueOpener} needs. */
export interface QueueOpenerOptions extends Omit<MessageQueueOptions, 'connection'> {
  readonly broker: Broker;
  readonly logger: Logger;
  /** Shortest pause between two attempts, in milliseconds. */
  readonly retryMs: number;
  readonly onOpen: () => void;
  /** Aborted when the queue is not wanted any more. */
  readonly signal: AbortSignal;
}

/** A broker that came back from a kill may neither open a queue nor refuse it. Each further attempt is given longer. */
const OPEN_LIMIT_MS = 5_000;
const LONGEST_LIMIT_MS = 20_000;
/** RabbitMQ asks a queue for five seconds whether it will go before it makes it. */
const DELETE_LIMIT_MS = 15_000;

/**
 * Opens a consumer's queue whenever `take` is called and there is a connection. A queue that the broker neither opens
 * nor lets be, in whatever state it came back, is deleted and made anew, unless another replica reads it: what was in
 * it is in the owner's log.
 */
export function createQueueOpener(options: QueueOpenerOptions): QueueOpener {
  const { broker, retryMs, onOpen, consumer, owner, names } = options;
  const logger = options.logger.child({ consumer, owner });
  let opened: MessageQueue | undefined;
  let underWay: Promise<void> | undefined;
  let triedAt = -Infinity;
  let refusals = 0;
  let isDistrusted = false;

  const open = async (connection: BrokerConnection): Promise<void> => {
    const signal = AbortSignal.any([options.signal, connection.lost]);
    if (isDistrusted) {
      await remove(connection, signal);
      isDistrusted = false;
    }
    const opening = openMessageQueue({ ...options, connection });
    try {
      const limitMs = Math.min(LONGEST_LIMIT_MS, OPEN_LIMIT_MS * (refusals + 1));
      opened = await inTime({ what: 'open a queue', limitMs, signal }, () => opening);
      refusals = 0;
      onOpen();
    } catch (error) {
      // Should it come after all, another one is open by then.
      opening.then(
        (late) => late.close(),
        () => {},
      );
      if (signal.aborted) return;
      refusals += 1;
      if (worthTelling(refusals)) {
        logger.warn({ err: error, refusals }, 'RabbitMQ refuses a queue; its owner is read meanwhile');
      }
      isDistrusted = true;
    }
  };

  const remove = async ({ model }: BrokerConnection, signal: AbortSignal): Promise<void> => {
    const queue = names.queue(consumer, owner);
    try {
      const deleting = { what: 'delete a queue', limitMs: DELETE_LIMIT_MS, signal };
      const isGone = await inTime(deleting, () => deleteUnreadQueue(model, queue));
      if (isGone) logger.info({ queue }, 'a queue that is of no use is made anew');
    } catch (error) {
      if (!signal.aborted) logger.debug({ err: error, queue }, 'RabbitMQ does not delete a queue');
    }
  };

  return {
    take() {
      const queue = opened;
      opened = undefined;
      if (queue) return queue;
      const connection = broker.current();
      if (underWay || !connection || performance.now() - triedAt < retryMs) return undefined;
      triedAt = performance.now();
      underWay = open(connection).finally(() => (underWay = undefined));
      return undefined;
    },
    distrust() {
      isDistrusted = true;
    },
    async ended() {
      await underWay;
      await opened?.close();
    },
  };
}
