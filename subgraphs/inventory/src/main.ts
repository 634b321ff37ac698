import { randomUUID } from 'node:crypto';
import { runSubgraph } from '@souk/kit/server';
import { createApp, type InventoryDeps } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

await runSubgraph('inventory', readConfig, async ({ config, events, logger }) => {
  const deps: InventoryDeps = {
    mongo: { url: config.MONGODB_URL, database: 'souk_inventory' },
    events,
    logger,
    clock: () => new Date(),
    newId: randomUUID,
    reservationMs: config.SOUK_RESERVATION_SECONDS * 1_000,
    // Gateways drop what they cached within 100 ms of a change, whichever replica made it and whichever they listen to.
    eventPollMs: 50,
  };
  await prepare(deps);
  return { app: await createApp(deps) };
});
