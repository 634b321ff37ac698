import { randomUUID } from 'node:crypto';
import { createLocalLogs, openTransport } from '@souk/kit/events';
import { onShutdownSignals, runProgram } from '@souk/kit/lifecycle';
import { createLogger } from '@souk/kit/log';
import { serveSubgraph } from '@souk/kit/server';
import { startTelemetry } from '@souk/kit/telemetry';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

await runProgram(async () => {
  const config = readConfig();
  const telemetry = await startTelemetry({ service: 'products', config });
  const logger = createLogger({ level: config.LOG_LEVEL });
  // Products obeys nobody's events, so it looks for no owner.
  const events = await openTransport({ config, logs: createLocalLogs(), logger });
  const deps = {
    mongo: { url: config.MONGODB_URL, database: 'souk_products' },
    events,
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
  const stop = async (): Promise<void> => {
    await served.stop();
    await events.close();
    await telemetry.stop();
  };
  onShutdownSignals(stop, { logger });
});
