import type { Channel } from 'amqplib';
import { type BrokerNames, bindingKey } from './names.js';

/** What a queue holds at most; the oldest go, and their consumer reads them from the owner's log. */
const LONGEST_QUEUE = 100_000;
/** After a week without its consumer a queue goes, for the same reason. */
const UNUSED_MS = 7 * 24 * 3_600_000;
/** A message that came back this often has ended its reader each time. */
const MOST_RETURNS = 20;

/** Makes the exchanges unless they are there. */
export async function declareExchanges(channel: Channel, names: BrokerNames): Promise<void> {
  await channel.assertExchange(names.exchange, 'topic', { durable: true });
  await channel.assertExchange(names.deadLetters, 'fanout', { durable: true });
  await channel.assertQueue(names.deadLetters, {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-max-length': LONGEST_QUEUE },
  });
  await channel.bindQueue(names.deadLetters, names.deadLetters, '');
}

/**
 * Makes a consumer's queue: a quorum queue, so that it outlives the broker's death, and on a cluster that of a node.
 * All that it forgets is in the owner's log, which is why it may be bounded.
 *
 * @returns the queue's name
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
    arguments: {
      'x-queue-type': 'quorum',
      'x-max-length': LONGEST_QUEUE,
      'x-expires': UNUSED_MS,
      'x-delivery-limit': MOST_RETURNS,
      'x-dead-letter-exchange': names.deadLetters,
    },
  });
  for (const type of types) await channel.bindQueue(queue, names.exchange, bindingKey(owner, type));
  return queue;
}
