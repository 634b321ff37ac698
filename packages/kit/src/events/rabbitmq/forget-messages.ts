import type { ChannelModel } from 'amqplib';
import { closeInTime, openConnection } from './broker.js';
import { lookAtQueue } from './look-at-queue.js';
import { brokerNames } from './names.js';

/** Which queues are meant: those of a shop's services. */
export interface ShopQueues {
  readonly url: string;
  /** Who publishes and who consumes. */
  readonly services: readonly string[];
  /** What the names of exchanges and queues begin with. @default 'souk' */
  readonly prefix?: string;
}

/**
 * The services of a shop that are at the broker at this moment: they read a queue, or publish.
 *
 * @throws Error if the broker does not let us in
 */
export async function servicesAtBroker({ url, services, prefix = 'souk' }: ShopQueues): Promise<string[]> {
  const names = brokerNames(prefix);
  return withBroker(url, async (model) => {
    const present = new Set<string>();
    for (const service of services) {
      if ((await lookAtQueue(model, names.publisher(service))) === 'locked') present.add(service);
      for (const owner of services) {
        const found = await lookAtQueue(model, names.queue(service, owner));
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
 * @throws Error if the broker does not let us in
 */
export async function forgetMessages({ url, services, prefix = 'souk' }: ShopQueues): Promise<number> {
  const names = brokerNames(prefix);
  return withBroker(url, async (model) => {
    const channel = await model.createChannel();
    let forgotten = 0;
    for (const consumer of services) {
      for (const owner of services) {
        // A queue that is not there is deleted already, as far as the broker is concerned.
        forgotten += (await channel.deleteQueue(names.queue(consumer, owner))).messageCount;
      }
    }
    await channel.close();
    return forgotten;
  });
}

async function withBroker<Result>(
  url: string,
  work: (model: ChannelModel) => Promise<Result>,
): Promise<Result> {
  const { model } = await openConnection(url);
  try {
    return await work(model);
  } finally {
    await closeInTime(model.close());
  }
}
