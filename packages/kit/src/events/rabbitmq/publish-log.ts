import type { ChannelModel, ConfirmChannel } from 'amqplib';
import { backoff, worthTelling } from '../../lifecycle/backoff.js';
import { sleep } from '../../lifecycle/sleep.js';
import type { Logger } from '../../log/logger.js';
import type { Bookmark, EventLog } from '../event-log.js';
import { type Broker, closeInTime } from './broker.js';
import { declareExchanges } from './declare.js';
import { toMessage } from './message.js';
import { type BrokerNames, routingKey } from './names.js';

/** What {@link publishLog} needs. */
export interface PublishOptions {
  readonly owner: string;
  readonly log: EventLog;
  readonly broker: Broker;
  readonly names: BrokerNames;
  readonly logger: Logger;
  /** Pause before a replica asks again whether it is the one that publishes, in milliseconds. @default 1_000 */
  readonly standByMs?: number;
}

const PAGE = 500;
const WAIT_MS = 10_000;
/** The bookmark may lag behind by this, in milliseconds: after a crash so much is published again. */
const BOOKMARK_EVERY_MS = 500;
const RESOURCE_LOCKED = 405;

/**
 * Publishes an owner's log to the broker until stopped. Of all replicas of the owner one publishes: the one that
 * holds an exclusive queue, which the broker lets only one connection have, and frees when that is lost. What was
 * confirmed is remembered in the owner's database; whatever happens in between, an event is rather published twice
 * than not at all.
 */
export function publishLog(options: PublishOptions): { stop(): Promise<void> } {
  const { owner, log, broker, names, standByMs = 1_000 } = options;
  const logger = options.logger.child({ publisher: owner });
  const stopping = new AbortController();
  const over = AbortSignal.any([stopping.signal, ...(log.ended ? [log.ended] : [])]);
  const bookmark = log.bookmark?.('rabbitmq') ?? bookmarkInMemory();

  const run = async (): Promise<void> => {
    for (let failures = 0; !over.aborted;) {
      const connection = await broker.connected(over);
      if (connection === undefined) return;
      const signal = AbortSignal.any([over, connection.lost]);
      try {
        if (await holdPublisher(connection.model, names.publisher(owner))) {
          await publishAll(await connection.model.createConfirmChannel(), signal);
        } else await sleep(standByMs, signal);
        failures = 0;
      } catch (error) {
        if (signal.aborted) continue;
        failures += 1;
        if (worthTelling(failures))
          logger.warn({ err: error, failures }, 'cannot publish events, trying again');
        await sleep(backoff(failures, { maxMs: 2_000 }), signal);
      }
    }
  };

  const publishAll = async (channel: ConfirmChannel, signal: AbortSignal): Promise<void> => {
    channel.on('error', () => {}); // Whatever waits for the channel is told as well.
    try {
      await orAborted(declareExchanges(channel, names), signal);
      await publishFrom(await bookmark.load(), channel, signal);
    } finally {
      await closeInTime(channel.close());
    }
  };

  const publishFrom = async (from: number, channel: ConfirmChannel, signal: AbortSignal): Promise<void> => {
    let position = from;
    let stored = { position, at: performance.now() };
    const remember = async (): Promise<void> => {
      if (position === stored.position) return;
      await bookmark.store(position);
      stored = { position, at: performance.now() };
    };
    while (!signal.aborted) {
      const events = await log.read(position, PAGE);
      for (const event of events) {
        const { content, options: properties } = toMessage(event);
        channel.publish(names.exchange, routingKey(owner, event.type), content, properties);
      }
      // Rejects if the broker refuses one, and if the channel closes before it has confirmed them all.
      if (events.length > 0) await orAborted(channel.waitForConfirms(), signal);
      position = events.reduce((highest, event) => Math.max(highest, event.position), position);
      const isDue = performance.now() - stored.at >= BOOKMARK_EVERY_MS;
      if (isDue) await remember();
      if (events.length > 0) continue;
      const waitMs = position === stored.position ? WAIT_MS : BOOKMARK_EVERY_MS;
      await log.waitBeyond(position, waitMs, signal);
    }
    if (!log.ended?.aborted) await remember();
  };
  const ended = run();

  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/**
 * Tries to become the one that publishes; the queue stays ours until the connection ends.
 * @returns false while somebody else is
 */
async function holdPublisher(model: ChannelModel, queue: string): Promise<boolean> {
  const channel = await model.createChannel();
  channel.on('error', () => {}); // A refusal closes the channel, and rejects what was asked.
  try {
    await channel.assertQueue(queue, { exclusive: true, durable: false });
    await channel.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === RESOURCE_LOCKED) return false;
    throw error;
  }
}

/** @throws Error when the signal is aborted first: a frozen broker neither confirms nor refuses. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let giveUp = (): void => {};
  const given = new Promise<never>((_, reject) => {
    giveUp = () => reject(new Error('The connection ended, or the publisher was stopped.'));
    signal.addEventListener('abort', giveUp);
  });
  work.catch(() => {}); // Lost with the connection, if it comes too late.
  try {
    await Promise.race([work, given]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function bookmarkInMemory(): Bookmark {
  let position = 0;
  return {
    load: async () => position,
    async store(next) {
      position = Math.max(position, next);
    },
  };
}
