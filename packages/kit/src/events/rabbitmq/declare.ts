import type { Channel, ChannelModel } from 'amqplib';
import { type BrokerNames, bindingKey } from './names.js';

/** What a queue holds at most; the oldest go, and their consumer reads them from the owner's log. */
const LONGEST_QUEUE = 100_000;
/** After a week without its consumer a queue goes, for the same reason. */
const UNUSED_MS = 7 * 24 * 3_600_000;
const PRECONDITION_FAILED = 406;

/**
 * Durable, and on one node. A quorum queue would live on several, but one whose broker dies within a second of its
 * making may come back without a leader, for good, and then holds up whoever publishes to it (docs/adr/0160).
 */
const KIND = { 'x-queue-type': 'classic', 'x-max-length': LONGEST_QUEUE };

/** Makes the exchanges unless they are there. */
export async function declareExchanges(channel: Channel, names: BrokerNames): Promise<void> {
  await channel.assertExchange(names.exchange, 'topic', { durable: true });
  await channel.assertExchange(names.deadLetters, 'fanout', { durable: true });
}

/**
 * Makes the queue of dead letters, once its exchange is there. One of another kind stays, with what people have not
 * read yet.
 */
export async function declareDeadLetters(model: ChannelModel, names: BrokerNames): Promise<void> {
  // A channel of its own: a refusal closes it.
  const channel = await model.createChannel();
  channel.on('error', () => {}); // What was asked rejects.
  try {
    await channel.assertQueue(names.deadLetters, { durable: true, arguments: KIND });
    await channel.bindQueue(names.deadLetters, names.deadLetters, '');
    await channel.close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === PRECONDITION_FAILED)) throw error;
  }
}

/**
 * Makes a consumer's queue. All that it forgets is in the owner's log, which is why it may be bounded, and be on a
 * node that is away.
 *
 * @returns the queue's name
 * @throws Error if the broker has a queue of this name and another kind
 */
export async function declareQueue(
  channel: Channel,
  names: BrokerNames,
  consumer: string,
  owner: string,
  types: readonly string[],
): Promise<string> {
  const queue = names.queue(consumer, owner);
  await channel.assertQueue(queue, {
    durable: true,
    arguments: { ...KIND, 'x-expires': UNUSED_MS, 'x-dead-letter-exchange': names.deadLetters },
  });
  for (const type of types) await channel.bindQueue(queue, names.exchange, bindingKey(owner, type));
  return queue;
}
