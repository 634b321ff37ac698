import type { Channel, ConsumeMessage } from 'amqplib';
import type { RecordedEvent } from '../event.js';
import { type BrokerConnection, closeInTime } from './broker.js';
import { declareDeadLetters, declareExchanges, declareQueue } from './declare.js';
import { fromMessage } from './message.js';
import type { BrokerNames } from './names.js';

/** Events that have come in over one channel, each to be settled once its effect is stored. */
export interface MessageQueue {
  /** Takes what has come in, at most `limit`. */
  take(limit: number): Delivered[];
  /** Aborted when nothing can be settled any more: what was not comes again. */
  readonly lost: AbortSignal;
  /** Takes nothing more in, and gives back what was not settled. */
  close(): Promise<void>;
}

/** An event and the way to tell the broker that it is done. */
export interface Delivered {
  readonly event: RecordedEvent;
  settle(): void;
}

/** What {@link openMessageQueue} needs. */
export interface MessageQueueOptions {
  readonly connection: BrokerConnection;
  readonly names: BrokerNames;
  readonly consumer: string;
  readonly owner: string;
  readonly types: readonly string[];
  /** Most messages held and not settled. */
  readonly prefetch: number;
  /** Called whenever `take` may have something. */
  readonly onMessage: () => void;
  /** Called for each message that is no event; it goes to the broker's dead letters. */
  readonly onUnreadable: (messageId: string) => void;
}

/** Declares a consumer's queue and takes in what comes. */
export async function openMessageQueue(options: MessageQueueOptions): Promise<MessageQueue> {
  const { connection, names, consumer, owner, types, prefetch, onMessage, onUnreadable } = options;
  const channel = await connection.model.createChannel();
  const losing = new AbortController();
  const lost = AbortSignal.any([losing.signal, connection.lost]);
  channel.on('error', () => {}); // 'close' follows
  channel.on('close', () => losing.abort());
  const buffer: Delivered[] = [];
  const takeIn = (message: ConsumeMessage | null): void => {
    // Somebody has deleted the queue: it is made anew.
    if (message === null) return losing.abort();
    const event = fromMessage(message);
    if (event === undefined) {
      onUnreadable(String(message.properties.messageId));
      return settleOn(channel, lost, () => channel.nack(message, false, false));
    }
    buffer.push({ event, settle: () => settleOn(channel, lost, () => channel.ack(message)) });
    onMessage();
  };
  await declareExchanges(channel, names);
  await declareDeadLetters(connection.model, names);
  await channel.prefetch(prefetch);
  const queue = await declareQueue(channel, names, consumer, owner, types);
  await channel.consume(queue, takeIn);
  return {
    take: (limit) => buffer.splice(0, limit),
    lost,
    async close() {
      if (!lost.aborted) await closeInTime(channel.close());
    },
  };
}

/** A channel that is closed takes no answers; the broker then sends the message again. */
function settleOn(channel: Channel, lost: AbortSignal, answer: () => void): void {
  if (lost.aborted) return;
  try {
    answer();
  } catch (error) {
    channel.emit('error', error);
  }
}
