import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createRemoteLogs, openTransport } from '@souk/kit/events';
import { onShutdownSignals } from '@souk/kit/lifecycle';
import { createLogger } from '@souk/kit/log';
import { createHttpPeers } from '@souk/kit/peers';
import { databaseUrl } from '@souk/kit/postgres';
import { serveSubgraph } from '@souk/kit/server';
import { startTelemetry } from '@souk/kit/telemetry';
import { type OrdersDeps, createApp } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

const config = readConfig();
const { SOUK_INTERNAL_SECRET: secret, SUBGRAPH_URLS: urlOf } = config;
const telemetry = await startTelemetry({ service: 'orders', config });
const logger = createLogger({ level: config.LOG_LEVEL });
const events = await openTransport({ config, logs: createRemoteLogs({ urlOf, secret }), logger });
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
};

await prepare(deps);
const served = await serveSubgraph(await createApp(deps), {
  host: config.HOST,
  port: config.PORT,
  secret,
  logger,
});
logger.info({ url: served.url }, 'orders subgraph is listening');
const stop = async (): Promise<void> => {
  await served.stop();
  await events.close();
  await telemetry.stop();
};
onShutdownSignals(stop, { logger });
