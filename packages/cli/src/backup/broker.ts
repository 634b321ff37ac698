import { ClearError, messageOf } from '../clear-error.js';
import type { StoredService } from './databases.js';

/** The broker of a shop whose databases are about to be replaced. */
export interface ShopBroker {
  /** @throws ClearError while a service of the shop is there, or if the broker does not say */
  requireQuiet(): Promise<void>;
  /**
   * @returns how many messages are gone
   * @throws ClearError if the broker does not delete them
   */
  forget(): Promise<number>;
}

/**
 * What its queues hold may be younger than the databases: commands of orders that they do not know, and answers to them.
 * They must not take effect in a restored shop, and nothing is lost with them: what the databases know of is in their
 * event logs.
 *
 * @param url @default there is no broker
 * @param limitMs longest wait for each answer of the broker, in milliseconds @default 15_000
 */
export function brokerOf(
  url: string | undefined,
  services: readonly StoredService[],
  limitMs?: number,
): ShopBroker {
  if (url === undefined) return { requireQuiet: async () => {}, forget: async () => 0 };
  const queues = {
    url,
    services: services.map(({ name }) => name),
    ...(limitMs !== undefined && { limitMs }),
  };
  const rabbitmq = () => import('@souk/kit/events/rabbitmq');
  const failed = (cause: unknown): never => {
    throw new ClearError(
      `RabbitMQ at ${new URL(url).host} does not do what is needed (${messageOf(cause)}). Restart it, or point ` +
        'AMQP_URL at a broker that answers, and run the same again.',
      { cause },
    );
  };
  return {
    async requireQuiet() {
      const present = await (await rabbitmq()).servicesAtBroker(queues).catch(failed);
      if (present.length === 0) return;
      throw new ClearError(
        `A shop is running at the broker ${new URL(url).host}: ${present.join(', ')}. Nothing was changed. ` +
          'Stop it first, or point AMQP_URL at the virtual host of the shop that is restored.',
      );
    },
    forget: async () => (await rabbitmq()).forgetMessages(queues).catch(failed),
  };
}
