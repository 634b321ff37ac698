import { randomUUID } from 'node:crypto';
import type { EventTransport } from '@souk/kit/events';
import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import { createInProcessPeers } from '@souk/kit/peers';
import { providerSettings } from '@souk/payments/provider-settings';
import { carrierSettings } from '@souk/shipping/carrier-settings';
import type { Config } from '../config/load.js';
import type { Servers } from '../databases/start-databases.js';
import type { Steps } from '../console/steps.js';
import { LOCAL_ISSUER } from '../launch/local-issuer.js';
import { settleAll } from '../launch/settle.js';
import { databasesOf } from './databases-of.js';
import type { Service, ServiceApp, ServiceCode, ServiceDeps } from './service.js';

/** A service whose code is loaded. */
export interface LoadedService {
  readonly service: Service;
  readonly code: ServiceCode;
}

/** A service whose database is up to date. */
export interface OpenService extends LoadedService {
  readonly deps: ServiceDeps;
}

/** Loads the code of all services. */
export const loadServices = (services: readonly Service[]): Promise<LoadedService[]> =>
  settleAll(services.map(async (service) => ({ service, code: await service.load() })));

/** What all services have in common. */
export interface Shared {
  readonly servers: Servers;
  readonly kv: Kv;
  readonly events: EventTransport;
  readonly logger: Logger;
  readonly secret: string;
  readonly steps: Steps;
  readonly config: Config;
  /** The apps of this process by name, once they are created. @default none */
  readonly apps?: ReadonlyMap<string, ServiceApp>;
}

/** Gives every service what it needs, and brings all their databases up to date at once. */
export async function openServices(loaded: readonly LoadedService[], shared: Shared): Promise<OpenService[]> {
  const opened = equipServices(loaded, shared);
  await shared.steps.run('tables and indexes', () =>
    settleAll(opened.map(({ code, deps }) => code.prepare(deps))),
  );
  return opened;
}

/** Gives every service what it needs; their databases are up to date already. */
export function equipServices(loaded: readonly LoadedService[], shared: Shared): OpenService[] {
  const depsOf = createDepsOf(shared);
  return loaded.map((one) => ({ ...one, deps: depsOf(one.service) }));
}

function createDepsOf(shared: Shared): (service: Service) => ServiceDeps {
  const { servers, kv, events, logger, secret, config, apps } = shared;
  const paymentProvider = providerSettings(config);
  const carrier = carrierSettings(config);
  return ({ name }) => ({
    ...databasesOf(name, servers),
    events,
    peers: createInProcessPeers({ service: name, appOf: (peer) => apps?.get(peer) }),
    kv,
    logger,
    issuer: LOCAL_ISSUER,
    tokenSecret: secret,
    paymentProvider,
    internalSecret: secret,
    carrier,
    returnDays: config.SOUK_RETURN_DAYS,
    clock: () => new Date(),
    newId: randomUUID,
  });
}
