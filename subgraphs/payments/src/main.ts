import { randomUUID } from 'node:crypto';
import { createRemoteLogs, openTransport } from '@souk/kit/events';
import { onShutdownSignals } from '@souk/kit/lifecycle';
import { createLogger } from '@souk/kit/log';
import { databaseUrl } from '@souk/kit/postgres';
import { serveSubgraph } from '@souk/kit/server';
import { startTelemetry } from '@souk/kit/telemetry';
import { type PaymentsDeps, createApp } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';
import { providerSettings } from './provider/provider-settings.js';

const config = readConfig();
const { SOUK_INTERNAL_SECRET: secret, SUBGRAPH_URLS: urlOf } = config;
const telemetry = await startTelemetry({ service: 'payments', config });
const logger = createLogger({ level: config.LOG_LEVEL });
const events = await openTransport({ config, logs: createRemoteLogs({ urlOf, secret }), logger });
const deps: PaymentsDeps = {
  databaseUrl: databaseUrl(config.DATABASE_URL, 'payments'),
  events,
  logger,
  clock: () => new Date(),
  newId: randomUUID,
  internalSecret: secret,
  paymentProvider: providerSettings(config),
};

await prepare(deps);
const served = await serveSubgraph(await createApp(deps), {
  host: config.HOST,
  port: config.PORT,
  secret,
  logger,
});
logger.info({ url: served.url }, 'payments subgraph is listening');
const stop = async (): Promise<void> => {
  await served.stop();
  await events.close();
  await telemetry.stop();
};
onShutdownSignals(stop, { logger });
