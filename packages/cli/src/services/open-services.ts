import { createInProcessPeers } from '@souk/kit/peers';
import type { Steps } from '../console/steps.js';
import { settleAll } from '../launch/settle.js';
import type { DatabaseKind, Service, ServiceApp, ServiceCode, ServiceContext } from './service.js';
import { databaseOf } from './service.js';

/** A service whose code is loaded and whose database is up to date. */
export interface OpenService {
  readonly service: Service;
  readonly code: ServiceCode;
  readonly context: ServiceContext;
}

/** Loads the code of all services. */
export const loadServices = (
  services: readonly Service[],
): Promise<{ readonly service: Service; readonly code: ServiceCode }[]> =>
  settleAll(services.map(async (service) => ({ service, code: await service.load() })));

/** What the contexts of all services have in common. */
export interface SharedContext extends Omit<ServiceContext, 'serverUrl' | 'database' | 'peers'> {
  readonly servers: Record<DatabaseKind, string>;
  /** The apps of this process by name, once they are created. */
  readonly apps: ReadonlyMap<string, ServiceApp>;
}

/** Brings every service's own database up to date, all at once. */
export async function openServices(
  loaded: Awaited<ReturnType<typeof loadServices>>,
  shared: SharedContext,
  steps: Steps,
): Promise<OpenService[]> {
  const { servers, apps, ...rest } = shared;
  const opened = loaded.map(({ service, code }) => ({
    service,
    code,
    context: {
      ...rest,
      serverUrl: servers[service.database],
      database: databaseOf(service.name),
      peers: createInProcessPeers({ service: service.name, appOf: (name) => apps.get(name) }),
    },
  }));
  await steps.run('tables and indexes', () =>
    settleAll(opened.map(({ code, context }) => code.prepare(context))),
  );
  return opened;
}
