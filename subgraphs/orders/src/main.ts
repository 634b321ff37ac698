import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createHttpPeers } from '@souk/kit/peers';
import { databaseUrl } from '@souk/kit/postgres';
import { runSubgraph } from '@souk/kit/server';
import { createApp, type OrdersDeps } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

await runSubgraph('orders', readConfig, async ({ config, events, logger }) => {
  const { SOUK_INTERNAL_SECRET: secret, SUBGRAPH_URLS: urlOf } = config;
  const deps: OrdersDeps = {
    databaseUrl: databaseUrl(config.DATABASE_URL, 'orders'),
    events,
    peers: createHttpPeers({ service: 'orders', urlOf, secret }),
    tokenSecret: config.SOUK_ORDER_TOKEN_SECRET ?? secret,
    internalSecret: secret,
    logger,
    clock: () => new Date(),
    newId: randomUUID,
    // Tells an operator where to look; what follows the process id is new after each start.
    replica: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
    driveLeaseMs: config.SOUK_SAGA_LEASE_MS,
    returnDays: config.SOUK_RETURN_DAYS,
  };
  await prepare(deps);
  return { app: await createApp(deps) };
});
