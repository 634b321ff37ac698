import { ClearError } from '../clear-error.js';
import type { StoredService } from './databases.js';

/** The broker of a shop whose databases are about to be replaced. */
export interface ShopBroker {
  /** @throws ClearError while a service of the shop is there */
  requireQuiet(): Promise<void>;
  /** @returns how many messages are gone */
  forget(): Promise<number>;
}

/**
 * What its queues hold may be younger than the databases: commands of orders that they do not know, and answers to them.
 * They must not take effect in a restored shop, and nothing is lost with them: what the databases know of is in their
 * event logs.
 *
 * @param url @default there is no broker
 */
export function brokerOf(url: string | undefined, services: readonly StoredService[]): ShopBroker {
  if (url === undefined) return { requireQuiet: async () => {}, forget: async () => 0 };
  const queues = { url, services: services.map(({ name }) => name) };
  const rabbitmq = () => import('@souk/kit/events/rabbitmq');
  return {
    async requireQuiet() {
      const present = await (await rabbitmq()).servicesAtBroker(queues);
      if (present.length === 0) return;
      throw new ClearError(
        `A shop is running at the broker ${new URL(url).host}: ${present.join(', ')}. Nothing was changed. ` +
          'Stop it first, or point AMQP_URL at the virtual host of the shop that is restored.',
      );
    },
    forget: async () => (await rabbitmq()).forgetMessages(queues),
  };
}
