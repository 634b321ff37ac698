import type { ChannelModel, ConfirmChannel } from 'amqplib';
import { backoff, worthTelling } from '../../lifecycle/backoff.js';
import { sleep } from '../../lifecycle/sleep.js';
import type { Logger } from '../../log/logger.js';
import type { RecordedEvent } from '../event.js';
import type { Bookmark, EventLog } from '../event-log.js';
import { type Broker, closeInTime } from './broker.js';
import { declareExchanges } from './declare.js';
import { inTime } from './in-time.js';
import { toMessage } from './message.js';
import { type BrokerNames, routingKey } from './names.js';

/** What {@link publishLog} needs. */
export interface PublishOptions {
  readonly owner: string;
  readonly log: EventLog;
  /** A connection of its own, closed at the end: what holds up a publisher holds up whatever else is on it. */
  readonly broker: Broker;
  readonly names: BrokerNames;
  readonly logger: Logger;
  /** Pause before a replica asks again whether it is the one that publishes, in milliseconds. @default 1_000 */
  readonly standByMs?: number;
  /** A broker that confirms nothing for so long is left, in milliseconds. @default 5_000 */
  readonly confirmLimitMs?: number;
}

/** For what the broker does without a disk, in milliseconds. */
const ANSWER_LIMIT_MS = 5_000;
const PAGE = 500;
const WAIT_MS = 10_000;
/** The bookmark may lag behind by this, in milliseconds: after a crash so much is published again. */
const BOOKMARK_EVERY_MS = 500;
const RESOURCE_LOCKED = 405;

/**
 * Publishes an owner's log to the broker until stopped. Of all replicas of the owner one publishes: the one that
 * holds an exclusive queue, which the broker lets only one connection have, and frees when that is lost. What was
 * confirmed is remembered in the owner's database; whatever happens in between, an event is rather published twice
 * than not at all. When the broker neither confirms nor refuses, the connection is given up, and a new one begins at the
 * bookmark: one queue that takes nothing can hold up a channel for minutes.
 */
export function publishLog(options: PublishOptions): { stop(): Promise<void> } {
  const { owner, log, broker, names, standByMs = 1_000, confirmLimitMs = 5_000 } = options;
  const logger = options.logger.child({ publisher: owner });
  const stopping = new AbortController();
  const over = AbortSignal.any([stopping.signal, ...(log.ended ? [log.ended] : [])]);
  const bookmark = log.bookmark?.('rabbitmq') ?? bookmarkInMemory();
  let failures = 0;

  const run = async (): Promise<void> => {
    while (!over.aborted) {
      const connection = await broker.connected(over);
      if (connection === undefined) return;
      const { model } = connection;
      const signal = AbortSignal.any([over, connection.lost]);
      const answer = { limitMs: ANSWER_LIMIT_MS, signal };
      try {
        const isOurs = await inTime({ what: 'tell who publishes', ...answer }, () =>
          holdPublisher(model, names.publisher(owner)),
        );
        if (isOurs) {
          const channel = await inTime({ what: 'open a channel', ...answer }, () =>
            model.createConfirmChannel(),
          );
          await publishAll(channel, signal);
        } else await sleep(standByMs, signal);
        failures = 0;
      } catch (error) {
        if (signal.aborted) continue;
        failures += 1;
        if (worthTelling(failures))
          logger.warn({ err: error, failures }, 'cannot publish events, trying again on a new connection');
        connection.leave();
        await sleep(backoff(failures, { maxMs: 2_000 }), over);
      }
    }
  };

  const publishAll = async (channel: ConfirmChannel, signal: AbortSignal): Promise<void> => {
    channel.on('error', () => {}); // Whatever waits for the channel is told as well.
    const declaring = { what: 'declare the exchanges', limitMs: ANSWER_LIMIT_MS, signal };
    await inTime(declaring, () => declareExchanges(channel, names));
    await publishFrom(await bookmark.load(), channel, signal);
    await closeInTime(channel.close());
  };

  /** Rejects if the broker refuses one, and if the channel closes before it has confirmed them all. */
  const publishPage = async (
    events: readonly RecordedEvent[],
    channel: ConfirmChannel,
    signal: AbortSignal,
  ): Promise<void> => {
    const confirming = { what: 'confirm an event', limitMs: confirmLimitMs, signal };
    await inTime(confirming, async (alive) => {
      for (const event of events) {
        const { content, options: properties } = toMessage(event);
        channel.publish(names.exchange, routingKey(owner, event.type), content, properties, alive);
      }
      await channel.waitForConfirms();
    });
    failures = 0;
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
      if (events.length > 0) await publishPage(events, channel, signal);
      position = events.reduce((highest, event) => Math.max(highest, event.position), position);
      const isDue = performance.now() - stored.at >= BOOKMARK_EVERY_MS;
      if (isDue) await remember();
      if (events.length > 0) continue;
      const waitMs = position === stored.position ? WAIT_MS : BOOKMARK_EVERY_MS;
      await log.waitBeyond(position, waitMs, signal);
    }
    if (!log.ended?.aborted) await remember();
  };
  const ended = run().finally(() => broker.close());

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

function bookmarkInMemory(): Bookmark {
  let position = 0;
  return {
    load: async () => position,
    async store(next) {
      position = Math.max(position, next);
    },
  };
}
