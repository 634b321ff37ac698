import type { Servers } from '../databases/start-databases.js';
import { databasesOf } from '../services/databases-of.js';
import type { Service } from '../services/service.js';
import type { MongoPlace } from './mongo/snapshot.js';
import type { PostgresPlace } from './postgres/snapshot.js';

/** What of a service tells where its data is. */
export type StoredService = Pick<Service, 'name' | 'database'>;

/** The databases of services, by the kind of their server. */
export interface Places {
  readonly postgres: readonly PostgresPlace[];
  readonly mongo: readonly MongoPlace[];
}

export function placesOf(services: readonly StoredService[], servers: Servers): Places {
  const of = (kind: StoredService['database']) => services.filter(({ database }) => database === kind);
  return {
    postgres: of('postgres').map(({ name }) => ({
      service: name,
      url: databasesOf(name, servers).databaseUrl,
    })),
    mongo: of('mongo').map(({ name }) => ({
      service: name,
      database: databasesOf(name, servers).mongo.database,
    })),
  };
}
