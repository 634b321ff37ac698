import { fileURLToPath } from 'node:url';
import { freePorts } from '@souk/embedded/ports';
import { visitable } from '../launch/address.js';
import { CLIENT, OPERATIONS, PLAYGROUND, SUPERGRAPH, ifThere } from '../launch/built-folders.js';
import { LOCAL_ISSUER } from '../launch/local-issuer.js';
import { settleAll } from '../launch/settle.js';
import type { Ground, Serve } from '../launch/start-shop.js';
import { fillData } from '../seeding/fill-data.js';
import { untilReady } from '../launch/until-ready.js';
import type { Servers } from '../databases/start-databases.js';
import { type Supervised, supervise } from './supervise.js';

/** A process that is about to be started. */
export interface ProcessPlan {
  readonly name: string;
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A hand on the processes of split mode. */
export interface SplitHooks {
  /** Has the last say over a process: what it is told of its surroundings. @default as it is */
  readonly rewire?: (plan: ProcessPlan) => ProcessPlan | Promise<ProcessPlan>;
  /** Hears of each process as soon as it is ready for the first time, and is waited for. @default nobody */
  readonly onProcess?: (name: string, process: Supervised) => void | Promise<void>;
}

/**
 * Serves the shop with one process for each service and one for the gateway.
 *
 * @example const serve = createServeSplit({ onProcess: (name, { pid }) => console.log(name, pid()) });
 */
export function createServeSplit(hooks: SplitHooks = {}): Serve {
  const { rewire = (plan) => plan, onProcess } = hooks;
  const start = async (plan: ProcessPlan, origin: string, { steps, signal }: Ground): Promise<Supervised> => {
    const program = {
      ...(await rewire(plan)),
      untilReady: (early: AbortSignal) => untilReady(origin, early),
    };
    const process = await supervise(program, steps.say, signal);
    await onProcess?.(plan.name, process);
    return process;
  };
  return (ground) => serve(ground, start);
}

/** Serves the shop with one process for each service and one for the gateway. */
export const serveSplit: Serve = createServeSplit();

type StartProcess = (plan: ProcessPlan, origin: string, ground: Ground) => Promise<Supervised>;

async function serve(ground: Ground, start: StartProcess): Promise<{ readonly url: string }> {
  const { services, config, steps, parts, signal } = ground;
  const [servers, [gatewayPort = 0, ...ports]] = await Promise.all([
    ground.servers,
    freePorts(services.length + 1),
  ]);
  signal.throwIfAborted();
  const port = config.PORT === 0 ? gatewayPort : config.PORT;
  const origins = new Map(services.map(({ name }, index) => [name, `http://127.0.0.1:${ports[index]}`]));
  const common = commonEnvironment(ground, servers, origins);
  await fillData(ground, servers);
  signal.throwIfAborted();

  const starting = services.map(({ name, program, environment }) => {
    const origin = origins.get(name) ?? '';
    const env = { ...common, ...environment?.(config), HOST: '127.0.0.1', PORT: new URL(origin).port };
    const file = fileURLToPath(import.meta.resolve(program));
    return steps.run(`${name} at ${origin}`, () => start({ name, file, env }, origin, ground));
  });
  parts.push({ name: 'services', timeoutMs: 15_000, stop: () => stopAll(starting) });
  await settleAll(starting);
  signal.throwIfAborted();

  const url = `http://${visitable(config.HOST)}:${port}`;
  const env = {
    ...common,
    ...(await gatewayEnvironment(ground, origins)),
    HOST: config.HOST,
    PORT: String(port),
  };
  const file = fileURLToPath(import.meta.resolve('@souk/gateway/main'));
  const gateway = start({ name: 'gateway', file, env }, url, ground);
  parts.push({ name: 'gateway', timeoutMs: 15_000, stop: () => stopAll([gateway]) });
  await steps.run('gateway', () => gateway);
  return { url };
}

function commonEnvironment(
  { config, secret }: Ground,
  servers: Servers,
  origins: ReadonlyMap<string, string>,
): Record<string, string> {
  return {
    DATABASE_URL: servers.postgres,
    MONGODB_URL: servers.mongo,
    ...given('REDIS_URL', config.REDIS_URL),
    ...given('AMQP_URL', config.AMQP_URL),
    ...given('SOUK_UNRULY_EVENTS', config.SOUK_UNRULY_EVENTS),
    SOUK_INTERNAL_SECRET: secret,
    SOUK_ISSUER: LOCAL_ISSUER,
    SUBGRAPH_URLS: [...origins].map(([name, origin]) => `${name}=${origin}`).join(','),
    LOG_LEVEL: config.LOG_LEVEL,
  };
}

/** What a configuration names, as a file `.env` may have done: services read only their environment. */
const given = (name: string, value: string | number | undefined): Record<string, string> =>
  value === undefined ? {} : { [name]: String(value) };

async function gatewayEnvironment(
  { services }: Ground,
  origins: ReadonlyMap<string, string>,
): Promise<Record<string, string>> {
  const [client, operations] = await Promise.all([ifThere(CLIENT), ifThere(OPERATIONS)]);
  return {
    SUPERGRAPH_SDL: SUPERGRAPH,
    SUBGRAPH_URLS: [...origins].map(([name, origin]) => `${name}=${origin}/graphql`).join(','),
    SUBGRAPH_READY_PATH: '/ready',
    GATEWAY_ROUTES: services
      .flatMap(({ name, routes = [] }) => routes.map((route) => `${route}=${name}`))
      .join(','),
    JWT_ISSUERS: JSON.stringify([
      { issuer: LOCAL_ISSUER, jwksUri: `${origins.get('users') ?? ''}/.well-known/jwks.json` },
    ]),
    PLAYGROUND_DIR: PLAYGROUND,
    ...(client === undefined ? {} : { CLIENT_DIR: client }),
    ...(operations === undefined
      ? {}
      : { GATEWAY__PERSISTED_OPERATIONS__MANIFESTS: JSON.stringify([operations]) }),
  };
}

async function stopAll(starting: readonly Promise<Supervised>[]): Promise<void> {
  await settleAll(starting.map(async (one) => (await one.catch(() => undefined))?.stop()));
}
