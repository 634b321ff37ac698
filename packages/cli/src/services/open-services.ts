import type { Steps } from '../console/steps.js';
import { settleAll } from '../launch/settle.js';
import type { DatabaseKind, Service, ServiceCode, ServiceContext } from './service.js';
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

/** Brings every service's own database up to date, all at once. */
export async function openServices(
  loaded: Awaited<ReturnType<typeof loadServices>>,
  shared: Omit<ServiceContext, 'serverUrl' | 'database'> & { readonly servers: Record<DatabaseKind, string> },
  steps: Steps,
): Promise<OpenService[]> {
  const { servers, ...rest } = shared;
  const opened = loaded.map(({ service, code }) => ({
    service,
    code,
    context: { ...rest, serverUrl: servers[service.database], database: databaseOf(service.name) },
  }));
  await steps.run('tables and indexes', () =>
    settleAll(opened.map(({ code, context }) => code.prepare(context))),
  );
  return opened;
}
