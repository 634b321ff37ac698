import { randomUUID } from 'node:crypto';
import { databaseUrl } from '@souk/kit/postgres';
import type { Service, ServiceContext } from './service.js';

export const users: Service = {
  name: 'users',
  database: 'postgres',
  program: '@souk/users/main',
  routes: ['/.well-known/jwks.json'],
  async load() {
    const { createApp, prepare, seed } = await import('@souk/users');
    const depsFrom = ({ serverUrl, events, kv, issuer, logger }: ServiceContext) => ({
      databaseUrl: databaseUrl(serverUrl, 'users'),
      events,
      kv,
      issuer,
      logger,
      clock: () => new Date(),
      newId: randomUUID,
    });
    return {
      prepare: (context) => prepare(depsFrom(context)),
      seed: (context, options) => seed(depsFrom(context), options),
      async createApp(context) {
        const app = await createApp(depsFrom(context));
        return { ...app, jwks: async () => ({ ...(await app.jwks()) }) };
      },
    };
  },
};
