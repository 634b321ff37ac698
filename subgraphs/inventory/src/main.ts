import { randomUUID } from 'node:crypto';
import { createRemoteLogs, openTransport } from '@souk/kit/events';
import { onShutdownSignals, runProgram } from '@souk/kit/lifecycle';
import { createLogger } from '@souk/kit/log';
import { serveSubgraph } from '@souk/kit/server';
import { startTelemetry } from '@souk/kit/telemetry';
import { type InventoryDeps, createApp } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

await runProgram(async () => {
  const config = readConfig();
  const secret = config.SOUK_INTERNAL_SECRET;
  const telemetry = await startTelemetry({ service: 'inventory', config });
  const logger = createLogger({ level: config.LOG_LEVEL });
  const logs = createRemoteLogs({ urlOf: config.SUBGRAPH_URLS, secret });
  const events = await openTransport({ config, logs, logger });
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
  const served = await serveSubgraph(await createApp(deps), {
    host: config.HOST,
    port: config.PORT,
    secret,
    logger,
  });
  logger.info({ url: served.url }, 'inventory subgraph is listening');
  const stop = async (): Promise<void> => {
    await served.stop();
    await events.close();
    await telemetry.stop();
  };
  onShutdownSignals(stop, { logger });
});
