import type { DeadLetters } from '@souk/kit/events';
import type { Logger } from '@souk/kit/log';
import type { Servers } from '../databases/start-databases.js';
import { settleAll } from '../launch/settle.js';
import { databasesOf } from '../services/databases-of.js';
import type { Service } from '../services/service.js';

/** The dead letters of one service. */
export interface LetterBox extends DeadLetters {
  readonly service: string;
  close(): Promise<void>;
}

/** Opens those of each service, whose database must be up to date. */
export const openLetterBoxes = (
  services: readonly Service[],
  servers: Servers,
  logger: Logger,
): Promise<LetterBox[]> => settleAll(services.map((service) => openLetterBox(service, servers, logger)));

async function openLetterBox(
  { name, database }: Service,
  servers: Servers,
  logger: Logger,
): Promise<LetterBox> {
  const { databaseUrl: url, mongo } = databasesOf(name, servers);
  if (database === 'postgres') {
    const { createPool, postgresDeadLetters } = await import('@souk/kit/postgres');
    const pool = createPool({ url, logger, max: 1 });
    return { service: name, ...postgresDeadLetters(pool), close: () => pool.end() };
  }
  const { connectMongo, mongoDeadLetters } = await import('@souk/kit/mongo');
  const connection = await connectMongo({ ...mongo, logger });
  return { service: name, ...mongoDeadLetters(connection.database), close: connection.close };
}
