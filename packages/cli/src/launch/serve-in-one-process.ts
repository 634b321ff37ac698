import { type EventTransport, createLocalLogs, openTransport } from '@souk/kit/events';
import { connectRedisKv, createMemoryKv, type Kv } from '@souk/kit/kv';
import { fillData } from '../seeding/fill-data.js';
import { withoutData } from '../seeding/without-data.js';
import { equipServices, loadServices, openServices } from '../services/open-services.js';
import type { ServiceApp } from '../services/service.js';
import { openGateway } from './open-gateway.js';
import { settleAll } from './settle.js';
import type { Ground, Serve } from './start-shop.js';

/** Serves the shop from this process: every subgraph is called directly, and so are the event logs. */
export const serveInOneProcess: Serve = async (ground) => {
  const { services, logger, steps, parts, signal } = ground;
  const code = steps.run('code', () => loadServices(services));
  const gatewayCode = import('@souk/gateway');
  const filling = ground.servers.then(async (servers) => {
    const missing = await withoutData(services, servers);
    if (missing.length > 0) await fillData(ground, servers);
    return missing.length > 0;
  });
  await settleAll<unknown>([filling, code, gatewayCode]);
  signal.throwIfAborted();

  const apps = new Map<string, ServiceApp>();
  const [kv, events] = [await openKv(ground), await openEvents(ground)];
  const { secret, config } = ground;
  const shared = { servers: await ground.servers, kv, events, logger, secret, steps, config, apps };
  // Who fills them in migrates them first.
  const isMigrated = await filling;
  const opened = isMigrated ? equipServices(await code, shared) : await openServices(await code, shared);
  signal.throwIfAborted();

  const creating = opened.map((one) => one.code.createApp(one.deps));
  parts.push({ name: 'subgraphs', stop: () => stopApps(creating) });
  for (const app of await settleAll(creating)) apps.set(app.name, app);
  await settleAll([...apps.values()].map((app) => app.start()));
  signal.throwIfAborted();
  return steps.run('gateway', async () =>
    openGateway(await gatewayCode, [...apps.values()], { ...ground, kv }),
  );
};

async function openKv({ config, logger, parts }: Ground): Promise<Kv> {
  const { REDIS_URL } = config;
  const kv = REDIS_URL === undefined ? createMemoryKv() : await connectRedisKv({ url: REDIS_URL, logger });
  parts.push({ name: 'key-value store', stop: () => kv.close() });
  return kv;
}

async function openEvents({ config, logger, parts }: Ground): Promise<EventTransport> {
  const events = await openTransport({ config, logs: createLocalLogs(), logger });
  parts.push({ name: 'events', stop: () => events.close() });
  return events;
}

async function stopApps(creating: readonly Promise<ServiceApp>[]): Promise<void> {
  await settleAll(creating.map(async (app) => (await app.catch(() => undefined))?.stop()));
}
