import { connectRedisKv, createMemoryKv, type Kv } from '@souk/kit/kv';
import { seedOnce } from '../seeding/seed-once.js';
import { loadServices, openServices } from '../services/open-services.js';
import type { ServiceApp } from '../services/service.js';
import { openGateway } from './open-gateway.js';
import { settleAll } from './settle.js';
import type { Ground, Serve } from './start-shop.js';

/** Serves the shop from this process: every subgraph is called directly, and so are the event logs. */
export const serveInOneProcess: Serve = async (ground) => {
  const { services, config, logger, steps, parts, signal } = ground;
  const code = steps.run('code', () => loadServices(services));
  const gatewayCode = import('@souk/gateway');
  await settleAll<unknown>([ground.servers, code, gatewayCode]);
  signal.throwIfAborted();

  const apps = new Map<string, ServiceApp>();
  const kv = await openKv(ground);
  const shared = { servers: await ground.servers, kv, logger, secret: ground.secret, steps, apps };
  const opened = await openServices(await code, shared);
  signal.throwIfAborted();
  await seedOnce(opened, { products: config.SOUK_PRODUCTS, seed: config.SOUK_SEED, steps, signal });
  signal.throwIfAborted();

  const creating = opened.map((one) => one.code.createApp(one.deps));
  parts.push({ name: 'subgraphs', stop: () => stopApps(creating) });
  for (const app of await settleAll(creating)) apps.set(app.name, app);
  await settleAll([...apps.values()].map((app) => app.start()));
  signal.throwIfAborted();
  return steps.run('gateway', async () => openGateway(await gatewayCode, [...apps.values()], ground));
};

async function openKv({ config, logger, parts }: Ground): Promise<Kv> {
  const { REDIS_URL } = config;
  const kv = REDIS_URL === undefined ? createMemoryKv() : await connectRedisKv({ url: REDIS_URL, logger });
  parts.push({ name: 'key-value store', stop: () => kv.close() });
  return kv;
}

async function stopApps(creating: readonly Promise<ServiceApp>[]): Promise<void> {
  await settleAll(creating.map(async (app) => (await app.catch(() => undefined))?.stop()));
}
