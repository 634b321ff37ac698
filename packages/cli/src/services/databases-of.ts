import { databaseUrl } from '@souk/kit/postgres';
import type { Servers } from '../databases/start-databases.js';
import type { ServiceDeps } from './service.js';

/** A service's own databases; it uses one of them. */
export const databasesOf = (name: string, servers: Servers): Pick<ServiceDeps, 'databaseUrl' | 'mongo'> => ({
  databaseUrl: databaseUrl(servers.postgres, name),
  mongo: { url: servers.mongo, database: `souk_${name}` },
});
