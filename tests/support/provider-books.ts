import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { databaseUrl } from '@souk/kit/postgres';
import pg from 'pg';
import type { Shop } from './shop.js';

/** Money that moved, as the payment provider's own books have it. */
export interface BookEntry {
  readonly orderId: string;
  readonly kind: 'AUTHORIZE' | 'CAPTURE' | 'VOID' | 'REFUND';
  readonly amountMinor: number;
}

/** The books of a shop on its own embedded PostgreSQL: see {@link providerBooksAt}. */
export async function providerBooks({ dataDir }: Shop, since: Date): Promise<BookEntry[]> {
  const file = path.join(dataDir, 'postgres', 'connection.json');
  // Written by the embedded server: where it is, and its password.
  const { port, password } = JSON.parse(await readFile(file, 'utf8')) as { port: number; password: string };
  return providerBooksAt(`postgres://postgres:${password}@127.0.0.1:${port}`, since);
}

/**
 * What the sandbox provider did since an instant: what payments says of itself proves nothing about money.
 *
 * @param serverUrl the PostgreSQL server, without a database
 * @example const books = await providerBooksAt(postgres.url, new Date(0));
 */
export async function providerBooksAt(serverUrl: string, since: Date): Promise<BookEntry[]> {
  const client = new pg.Client({ connectionString: databaseUrl(serverUrl, 'payments') });
  await client.connect();
  try {
    const { rows } = await client.query<BookEntry>(
      `SELECT order_id AS "orderId", kind, amount_minor AS "amountMinor" FROM audit.provider_movements
       WHERE at >= $1 ORDER BY number`,
      [since],
    );
    return rows;
  } finally {
    await client.end();
  }
}
