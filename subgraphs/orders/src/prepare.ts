import { fileURLToPath } from 'node:url';
import type { Logger } from '@souk/kit/log';
import { migrate } from '@souk/kit/postgres';

const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

/** Makes the database and brings it up to date. Safe to run from several processes at once. */
export async function prepare(deps: {
  readonly databaseUrl: string;
  readonly logger: Logger;
}): Promise<void> {
  await migrate({
    url: deps.databaseUrl,
    directory: MIGRATIONS,
    logger: deps.logger.child({ subgraph: 'orders' }),
  });
}
