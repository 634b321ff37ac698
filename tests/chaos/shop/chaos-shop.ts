import path from 'node:path';
import { type ProcessPlan, type Shop, type Supervised, services, startSplitShop } from '@souk/cli/split';
import { neighboursIn, portsIn, withPorts } from '../network/rewire.js';
import { type TcpProxy, openTcpProxy } from '../network/tcp-proxy.js';
import type { Servers } from '../servers/start-servers.js';

/** A shop in split mode, with a proxy on every way between two of its processes. */
export interface ChaosShop {
  readonly url: string;
  readonly processes: ReadonlyMap<string, Supervised>;
  /** The ways that were used so far, `orders->postgres`, in alphabetical order. */
  links(): ReadonlyMap<string, TcpProxy>;
  stop(): Promise<void>;
}

/**
 * @param options.environment of the launcher and of every process
 * @param options.change changes a process before it is wired, to plant a bug @default as it is
 * @param options.say takes what the shop prints
 */
export async function startChaosShop(options: {
  readonly folder: string;
  readonly servers: Servers;
  readonly environment: Readonly<Record<string, string>>;
  readonly change?: (plan: ProcessPlan) => ProcessPlan;
  readonly say: (line: string) => void;
}): Promise<ChaosShop> {
  const { folder, servers, change = (plan) => plan, say } = options;
  const processes = new Map<string, Supervised>();
  const links = new Map<string, TcpProxy>();
  const serverAt = new Map([...servers].map(([name, { port }]) => [port, name]));
  const databaseOf = new Map(services.map(({ name, database }) => [name, database]));

  const rewire = async (plan: ProcessPlan): Promise<ProcessPlan> => {
    const neighbours = neighboursIn(plan.env);
    const ports = new Map<number, number>();
    for (const port of portsIn(plan.env)) {
      const other: string | undefined = serverAt.get(port) ?? neighbours.get(port);
      if (other === undefined || !uses(databaseOf.get(plan.name), other)) continue;
      const link = await openTcpProxy({ host: '127.0.0.1', port });
      links.set(`${plan.name}->${other}`, link);
      ports.set(port, link.port);
    }
    const changed = change({ ...plan, env: { ...options.environment, ...plan.env } });
    return { ...changed, env: withPorts(changed.env, ports) };
  };
  const close = async (shop?: Shop): Promise<void> => {
    await shop?.stop();
    await Promise.all([...links.values()].map((link) => link.close()));
  };

  let shop: Shop;
  try {
    shop = await startSplitShop({
      environment: {
        PORT: '0',
        SOUK_DATA_DIR: path.join(folder, 'shop'),
        SOUK_PRODUCTS: '60',
        LOG_LEVEL: 'warn',
        DATABASE_URL: urlOf(servers, 'postgres'),
        MONGODB_URL: urlOf(servers, 'mongo'),
        REDIS_URL: urlOf(servers, 'redis'),
        AMQP_URL: urlOf(servers, 'rabbitmq'),
        ...options.environment,
      },
      hooks: { rewire, onProcess: (name, process) => processes.set(name, process) },
      say,
    });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url: shop.url,
    processes,
    links: () => new Map([...links].filter(([, link]) => link.isUsed()).sort(([a], [b]) => (a < b ? -1 : 1))),
    stop: () => close(shop),
  };
}

/** A service is told of both databases and has one; the gateway has none. */
function uses(database: string | undefined, other: string): boolean {
  return (other !== 'postgres' && other !== 'mongo') || other === database;
}

function urlOf(servers: Servers, name: 'postgres' | 'mongo' | 'redis' | 'rabbitmq'): string {
  const server = servers.get(name);
  if (!server) throw new Error(`${name} was not started.`);
  return server.url;
}
