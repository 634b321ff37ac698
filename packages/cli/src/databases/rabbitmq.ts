import { ClearError } from '../clear-error.js';
import { reasonOf } from './reason-of.js';

/** @throws ClearError that says why the broker of `AMQP_URL` does not let us in */
export async function checkBroker(url: string): Promise<void> {
  const { checkRabbitMq } = await import('@souk/kit/events/rabbitmq');
  try {
    await checkRabbitMq(url);
  } catch (error) {
    throw new ClearError(
      `AMQP_URL: no RabbitMQ broker lets us in at ${new URL(url).host} (${reasonOf(error)}). ` +
        'Start it or correct the URL, or unset AMQP_URL to do without.',
      { cause: error },
    );
  }
}
