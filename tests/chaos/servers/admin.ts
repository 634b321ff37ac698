import { setTimeout as delay } from 'node:timers/promises';
import { databaseUrl } from '@souk/kit/postgres';
import pg from 'pg';

/** Longest wait for a database that is just killed or frozen, in milliseconds. */
const PATIENCE_MS = 90_000;

/**
 * Changes a service's database behind its back: that is what some faults are. Waits for a database that is away.
 *
 * @param url the PostgreSQL server
 */
export async function changeDatabase(
  url: string,
  service: string,
  statement: string,
  values: readonly unknown[] = [],
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const client = new pg.Client({
      connectionString: databaseUrl(url, service),
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => {}); // The query is told as well.
    try {
      await client.connect();
      await client.query(statement, [...values]);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(500);
    } finally {
      await client.end().catch(() => {});
    }
  }
}
