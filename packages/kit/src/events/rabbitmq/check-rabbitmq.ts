import { closeInTime, openConnection } from './broker.js';

/**
 * Makes sure that a broker lets us in.
 *
 * @throws Error without the URL's password if it does not, within seconds
 */
export async function checkRabbitMq(url: string): Promise<void> {
  const { model } = await openConnection(url);
  await closeInTime(model.close());
}
