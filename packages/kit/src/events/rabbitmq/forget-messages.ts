import type { ChannelModel } from 'amqplib';
import { closeInTime, openConnection } from './broker.js';
import { inTime } from './in-time.js';
import { lookAtQueue } from './look-at-queue.js';
import { brokerNames } from './names.js';

/** Which queues are meant: those of a shop's services. */
export interface ShopQueues {
  readonly url: string;
  /** Who publishes and who consumes. */
  readonly services: readonly string[];
  /** What the names of exchanges and queues begin with. @default 'souk' */
  readonly prefix?: string;
  /**
   * Longest wait for each answer of the broker, in milliseconds: it asks a queue for five seconds whether it will go
   * before it makes it. @default 15_000
   */
  readonly limitMs?: number;
}

/** Asks the broker one thing, and waits for the answer as long as is meant. */
type Ask = <Answer>(what: string, question: () => Promise<Answer>) => Promise<Answer>;

const LIMIT_MS = 15_000;

/**
 * The services of a shop that are at the broker at this moment: they read a queue, or publish.
 *
 * @throws Error if the broker does not let us in, or does not answer in time
 */
export async function servicesAtBroker(queues: ShopQueues): Promise<string[]> {
  const { services, prefix = 'souk' } = queues;
  const names = brokerNames(prefix);
  return withBroker(queues, async (model, ask) => {
    const look = (queue: string) => ask(`look at the queue ${queue}`, () => lookAtQueue(model, queue));
    const present = new Set<string>();
    for (const service of services) {
      if ((await look(names.publisher(service))) === 'locked') present.add(service);
      for (const owner of services) {
        const found = await look(names.queue(service, owner));
        if (typeof found === 'object' && found.consumers > 0) present.add(service);
      }
    }
    return [...present];
  });
}

/**
 * Deletes the queues of a shop with all that is in them: a shop that was restored knows nothing of what was sent after
 * its backup, and what was sent before is in its event logs. Consumers make their queues anew.
 *
 * @returns how many messages are gone
 * @throws Error if the broker does not let us in, or does not answer in time; some of the queues may be gone then
 */
export async function forgetMessages(queues: ShopQueues): Promise<number> {
  const { services, prefix = 'souk' } = queues;
  const names = brokerNames(prefix);
  return withBroker(queues, async (model, ask) => {
    const channel = await ask('open a channel', () => model.createChannel());
    channel.on('error', () => {}); // What was asked rejects.
    let forgotten = 0;
    for (const consumer of services) {
      for (const owner of services) {
        const queue = names.queue(consumer, owner);
        // A queue that is not there is deleted already, as far as the broker is concerned.
        const gone = await ask(`delete the queue ${queue}`, () => channel.deleteQueue(queue));
        forgotten += gone.messageCount;
      }
    }
    return forgotten;
  });
}

async function withBroker<Result>(
  { url, limitMs = LIMIT_MS }: ShopQueues,
  work: (model: ChannelModel, ask: Ask) => Promise<Result>,
): Promise<Result> {
  const { model, leave } = await openConnection(url);
  const { signal } = new AbortController(); // Whoever asks waits for the answer.
  try {
    return await work(model, (what, question) => inTime({ what, limitMs, signal }, question));
  } finally {
    await closeInTime(model.close());
    // One that does not say goodbye must not keep the process.
    leave();
  }
}
