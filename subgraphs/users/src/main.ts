import { randomUUID } from 'node:crypto';
import { connectRedisKv, createMemoryKv } from '@souk/kit/kv';
import { databaseUrl } from '@souk/kit/postgres';
import { runSubgraph } from '@souk/kit/server';
import { createApp, type UsersDeps } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

await runSubgraph('users', readConfig, async ({ config, events, logger }) => {
  const kv = config.REDIS_URL ? await connectRedisKv({ url: config.REDIS_URL, logger }) : createMemoryKv();
  const deps: UsersDeps = {
    databaseUrl: databaseUrl(config.DATABASE_URL, 'users'),
    events,
    kv,
    issuer: config.SOUK_ISSUER,
    logger,
    clock: () => new Date(),
    newId: randomUUID,
  };
  await prepare(deps);
  return { app: await createApp(deps), close: () => kv.close() };
});
