import { randomUUID } from 'node:crypto';
import type { EventTransport } from '@souk/kit/events';
import { onShutdownSignals, runProgram } from '@souk/kit/lifecycle';
import { createLogger } from '@souk/kit/log';
import { serveSubgraph } from '@souk/kit/server';
import { startTelemetry } from '@souk/kit/telemetry';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

/** Products obeys nobody's events; the others pull its own from the signed `/events` that it serves. */
const publishOnly: EventTransport = {
  attach() {},
  subscribe() {
    throw new Error('The products subgraph consumes no events. Give it a transport before it does.');
  },
};

await runProgram(async () => {
  const config = readConfig();
  const telemetry = await startTelemetry({ service: 'products', config });
  const logger = createLogger({ level: config.LOG_LEVEL });
  const deps = {
    mongo: { url: config.MONGODB_URL, database: 'souk_products' },
    events: publishOnly,
    logger,
    clock: () => new Date(),
    newId: randomUUID,
    // Gateways drop what they cached within 100 ms of a change, whichever replica made it and whichever they listen to.
    eventPollMs: 50,
  };
  await prepare(deps);
  const served = await serveSubgraph(await createApp(deps), {
    host: config.HOST,
    port: config.PORT,
    secret: config.SOUK_INTERNAL_SECRET,
    logger,
  });
  logger.info({ url: served.url }, 'products subgraph is listening');
  onShutdownSignals(() => served.stop().then(() => telemetry.stop()), { logger });
});
