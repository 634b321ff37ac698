import path from 'node:path';
import {
  type ProcessPlan,
  type Shop,
  type Supervised,
  services,
  startSplitShop,
  supervise,
  untilReady,
} from '@souk/cli/split';
import { freePorts } from '@souk/embedded/ports';
import { neighboursIn, portsIn, withPorts } from '../network/rewire.js';
import { type TcpProxy, openTcpProxy } from '../network/tcp-proxy.js';
import type { Servers } from '../servers/start-servers.js';
import { portsNeeded, replicaName, serviceOf, shareOut, withReplicas } from './replicas.js';

/** A shop in split mode, with a proxy on every way between two of its processes. */
export interface ChaosShop {
  /** Where buyers go: each of their connections comes to one of the gateways. */
  readonly url: string;
  readonly processes: ReadonlyMap<string, Supervised>;
  /** The ways that were used so far, `orders->postgres`, in alphabetical order. */
  links(): ReadonlyMap<string, TcpProxy>;
  stop(): Promise<void>;
}

/**
 * Starts it. The gateway knows every replica of a service; others find all of them behind one address, as in a cluster.
 *
 * @param options.replicas how many processes each of the replicated services has
 * @param options.environment of the launcher and of every process
 * @param options.change changes a process before it is wired, to plant a bug @default as it is
 * @param options.say takes what the shop prints
 */
export async function startChaosShop(options: {
  readonly folder: string;
  readonly servers: Servers;
  readonly replicas: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly change?: (plan: ProcessPlan) => ProcessPlan;
  readonly say: (line: string) => void;
}): Promise<ChaosShop> {
  const { folder, servers, replicas, change = (plan) => plan, say } = options;
  const processes = new Map<string, Supervised>();
  const more = new Set<Supervised>();
  const plans = new Map<string, ProcessPlan>();
  const links = new Map<string, TcpProxy>();
  const morePorts = shareOut(await freePorts(portsNeeded(replicas)), replicas);
  const nameAt = new Map([
    ...[...servers].map(([name, { port }]) => [port, name] as const),
    ...[...morePorts].flatMap(([service, ports]) =>
      ports.map((port, index) => [port, replicaName(service, index + 2)] as const),
    ),
  ]);
  const databaseOf = new Map(services.map(({ name, database }) => [name, database]));

  const openLink = async (name: string, ports: readonly number[]): Promise<number> => {
    const link = await openTcpProxy(ports);
    links.set(name, link);
    return link.port;
  };
  const wire = async (plan: ProcessPlan): Promise<ProcessPlan> => {
    const service = serviceOf(plan.name);
    const neighbours = neighboursIn(plan.env);
    const ports = new Map<number, number>();
    for (const port of portsIn(plan.env)) {
      const other = nameAt.get(port) ?? neighbours.get(port);
      if (other === undefined || !uses(databaseOf.get(service), other)) continue;
      const behind = service === 'gateway' ? [] : (morePorts.get(other) ?? []);
      ports.set(port, await openLink(`${plan.name}->${other}`, [port, ...behind]));
    }
    return { ...plan, env: withPorts(plan.env, ports) };
  };
  const rewire = (asPlanned: ProcessPlan): Promise<ProcessPlan> => {
    const { name, env } = asPlanned;
    const urls = env['SUBGRAPH_URLS'] ?? '';
    const known = name === 'gateway' ? { SUBGRAPH_URLS: withReplicas(urls, morePorts) } : {};
    const plan = change({ ...asPlanned, env: { ...options.environment, ...env, ...known } });
    plans.set(name, plan);
    return wire(plan);
  };
  const onProcess = async (name: string, first: Supervised): Promise<void> => {
    processes.set(name, first);
    const plan = plans.get(name);
    if (!plan) return;
    for (const [index, port] of (morePorts.get(name) ?? []).entries()) {
      const env = { ...plan.env, PORT: String(port) };
      const program = await wire({ ...plan, name: replicaName(name, index + 2), env });
      const isUp = (early: AbortSignal): Promise<void> => untilReady(`http://127.0.0.1:${port}`, early);
      const another = await supervise({ ...program, untilReady: isUp }, say);
      more.add(another);
      processes.set(program.name, another);
    }
  };
  const close = async (shop?: Shop): Promise<void> => {
    await Promise.all([...more].map((one) => one.stop()));
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
      hooks: { rewire, onProcess },
      say,
    });
  } catch (error) {
    await close();
    throw error;
  }
  const gateways = [Number(new URL(shop.url).port), ...(morePorts.get('gateway') ?? [])];
  return {
    url: `http://127.0.0.1:${await openLink('buyers->gateway', gateways)}`,
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
