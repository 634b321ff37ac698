import type { Servers } from '../databases/start-databases.js';
import { settleAll } from '../launch/settle.js';
import { databasesOf } from '../services/databases-of.js';
import type { Service } from '../services/service.js';
import { openSeedRecord } from './seed-record.js';

/** PostgreSQL's code for a database that does not exist. */
const NO_SUCH_DATABASE = '3D000';

/** The services whose demo data was never completed; a missing database is none. */
export async function withoutData(services: readonly Service[], servers: Servers): Promise<Service[]> {
  const complete = await settleAll(services.map((service) => isComplete(service, servers)));
  return services.filter((_, index) => !complete[index]);
}

async function isComplete(service: Service, servers: Servers): Promise<boolean> {
  try {
    const record = await openSeedRecord(service, databasesOf(service.name, servers));
    return (await record.read().finally(() => record.close())) !== undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NO_SUCH_DATABASE) return false;
    throw error;
  }
}
