import { randomUUID } from 'node:crypto';
import { databaseUrl } from '@souk/kit/postgres';
import { runSubgraph } from '@souk/kit/server';
import { createApp, type PaymentsDeps } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';
import { providerSettings } from './provider/provider-settings.js';

await runSubgraph('payments', readConfig, async ({ config, events, logger }) => {
  const deps: PaymentsDeps = {
    databaseUrl: databaseUrl(config.DATABASE_URL, 'payments'),
    events,
    logger,
    clock: () => new Date(),
    newId: randomUUID,
    internalSecret: config.SOUK_INTERNAL_SECRET,
    paymentProvider: providerSettings(config),
  };
  await prepare(deps);
  return { app: await createApp(deps) };
});
