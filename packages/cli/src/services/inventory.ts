import { randomUUID } from 'node:crypto';
import type { Service, ServiceContext } from './service.js';

export const inventory: Service = {
  name: 'inventory',
  database: 'mongo',
  program: '@souk/inventory/main',
  async load() {
    const { createApp, prepare, seed } = await import('@souk/inventory');
    const depsFrom = ({ serverUrl, database, events, logger }: ServiceContext) => ({
      mongo: { url: serverUrl, database },
      events,
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
