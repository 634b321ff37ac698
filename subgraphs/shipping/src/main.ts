import { randomUUID } from 'node:crypto';
import { databaseUrl } from '@souk/kit/postgres';
import { runSubgraph } from '@souk/kit/server';
import { createApp, type ShippingDeps } from './app.js';
import { carrierSettings } from './carrier/carrier-settings.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

await runSubgraph('shipping', readConfig, async ({ config, events, logger }) => {
  const deps: ShippingDeps = {
    databaseUrl: databaseUrl(config.DATABASE_URL, 'shipping'),
    events,
    internalSecret: config.SOUK_INTERNAL_SECRET,
    logger,
    clock: () => new Date(),
    newId: randomUUID,
    carrier: carrierSettings(config),
  };
  await prepare(deps);
  return { app: await createApp(deps) };
});
