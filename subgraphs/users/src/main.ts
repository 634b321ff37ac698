import { randomUUID } from 'node:crypto';
import { createLocalLogs, openTransport } from '@souk/kit/events';
import { connectRedisKv, createMemoryKv } from '@souk/kit/kv';
import { onShutdownSignals, runProgram } from '@souk/kit/lifecycle';
import { createLogger } from '@souk/kit/log';
import { databaseUrl } from '@souk/kit/postgres';
import { serveSubgraph } from '@souk/kit/server';
import { startTelemetry } from '@souk/kit/telemetry';
import { type UsersDeps, createApp } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

await runProgram(async () => {
  const { HOST: host, PORT: port, ...config } = readConfig();
  const secret = config.SOUK_INTERNAL_SECRET;
  const telemetry = await startTelemetry({ service: 'users', config });
  const logger = createLogger({ level: config.LOG_LEVEL });
  const kv = config.REDIS_URL ? await connectRedisKv({ url: config.REDIS_URL, logger }) : createMemoryKv();
  // Users obeys nobody's events, so it looks for no owner.
  const events = await openTransport({ config, logs: createLocalLogs(), logger });
  const deps: UsersDeps = {
    databaseUrl: databaseUrl(config.DATABASE_URL, 'users'),
    events,
    kv,
    issuer: config.SOUK_ISSUER,
    logger,
    clock: () => new Date(),
    newId: randomUUID,
  };

  await prepare(deps);
  const served = await serveSubgraph(await createApp(deps), { host, port, secret, logger });
  logger.info({ url: served.url }, 'users subgraph is listening');
  const stop = async (): Promise<void> => {
    await served.stop();
    await events.close();
    await kv.close();
    await telemetry.stop();
  };
  onShutdownSignals(stop, { logger });
});
