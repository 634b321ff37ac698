import type { ChannelModel } from 'amqplib';

const NOT_FOUND = 404;
const RESOURCE_LOCKED = 405;

/**
 * How many consumers a queue has; 'locked' for one that another connection has for itself, undefined for one that is
 * not there, or that the broker has given up.
 *
 * @throws Error if the broker refuses to say
 */
export async function lookAtQueue(
  model: ChannelModel,
  queue: string,
): Promise<{ readonly consumers: number } | 'locked' | undefined> {
  // A channel of its own: what is not there closes it.
  const channel = await model.createChannel();
  channel.on('error', () => {}); // What was asked rejects.
  try {
    const { consumerCount: consumers } = await channel.checkQueue(queue);
    await channel.close();
    return { consumers };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === NOT_FOUND) return undefined;
    if (code === RESOURCE_LOCKED) return 'locked';
    throw error;
  }
}

/**
 * Deletes a queue with all that is in it, unless somebody reads it.
 *
 * @returns false if somebody reads it
 * @throws Error if the broker does not let it go
 */
export async function deleteUnreadQueue(model: ChannelModel, queue: string): Promise<boolean> {
  const found = await lookAtQueue(model, queue);
  if (found === 'locked' || (found && found.consumers > 0)) return false;
  const channel = await model.createChannel();
  channel.on('error', () => {}); // What was asked rejects.
  await channel.deleteQueue(queue);
  await channel.close();
  return true;
}
