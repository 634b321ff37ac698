import { randomUUID } from 'node:crypto';
import { runSubgraph } from '@souk/kit/server';
import { createApp, type ProductsDeps } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

await runSubgraph('products', readConfig, async ({ config, events, logger }) => {
  const deps: ProductsDeps = {
    mongo: { url: config.MONGODB_URL, database: 'souk_products' },
    events,
    logger,
    clock: () => new Date(),
    newId: randomUUID,
    // Gateways drop what they cached within 100 ms of a change, whichever replica made it and whichever they listen to.
    eventPollMs: 50,
  };
  await prepare(deps);
  return { app: await createApp(deps) };
});
