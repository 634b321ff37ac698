import { randomUUID } from 'node:crypto';
import { databaseUrl } from '@souk/kit/postgres';
import type { Service, ServiceContext } from './service.js';

export const orders: Service = {
  name: 'orders',
  database: 'postgres',
  program: '@souk/orders/main',
  async load() {
    const { createApp, prepare, seed } = await import('@souk/orders');
    const depsFrom = ({ serverUrl, events, peers, logger, secret }: ServiceContext) => ({
      databaseUrl: databaseUrl(serverUrl, 'orders'),
      events,
      peers,
      tokenSecret: secret,
      logger,
      clock: () => new Date(),
      newId: randomUUID,
    });
    return {
      prepare: (context) => prepare(depsFrom(context)),
      seed: (context, options) => seed(depsFrom(context), options),
      createApp: (context) => createApp(depsFrom(context)),
    };
  },
};
