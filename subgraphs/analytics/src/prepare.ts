import { fileURLToPath } from 'node:url';
import { migrate, pgExecutor } from '@souk/kit/postgres';
import type { AnalyticsDeps } from './app.js';
import { openDatabase } from './store/database.js';
import { isUpToDate } from './store/projection-version.js';
import { RebuildRunningError, renewProjections } from './store/rebuild-projections.js';

const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

/**
 * Creates the database if it is missing, brings its tables up to date, and makes the projections again if they were made
 * by code that made others. Several replicas may run it at once.
 */
export async function prepare({
  databaseUrl,
  logger,
}: Pick<AnalyticsDeps, 'databaseUrl' | 'logger'>): Promise<void> {
  await migrate({ url: databaseUrl, directory: MIGRATIONS, logger });
  const database = openDatabase({ url: databaseUrl, logger });
  try {
    if (await isUpToDate(pgExecutor(database.pool))) return;
    const events = await renewProjections(database);
    logger.info({ events }, 'projections made again, as this version makes them');
  } catch (error) {
    // Another replica is at it; what is read until then is what was read before.
    if (!(error instanceof RebuildRunningError)) throw error;
  } finally {
    await database.close();
  }
}
