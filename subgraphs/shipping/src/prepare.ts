import { fileURLToPath } from 'node:url';
import { migrate } from '@souk/kit/postgres';
import type { ShippingDeps } from './app.js';

const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

/** Creates the database if it is missing and brings its tables up to date. Several replicas may run it at once. */
export async function prepare({
  databaseUrl,
  logger,
}: Pick<ShippingDeps, 'databaseUrl' | 'logger'>): Promise<void> {
  await migrate({ url: databaseUrl, directory: MIGRATIONS, logger });
}
