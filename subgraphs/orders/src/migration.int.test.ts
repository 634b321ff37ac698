import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '@souk/kit/postgres';
import { silentLogger as logger } from '@souk/testkit/logger';
import { testPostgres } from '@souk/testkit/postgres';
import pg from 'pg';
import { expect, test } from 'vitest';
import { prepare } from './index.js';

const MIGRATIONS = path.join(import.meta.dirname, '../prisma/migrations');
const BEFORE = ['20260101000000_events', '20260101000100_orders', 'migration_lock.toml'];

/** Orders as they were stored before there were sagas: status, stock, payment, and what their sagas must wait for. */
const OLD = [
  ['PENDING', 'REQUESTED', 'NONE', 'RUNNING', ['RESERVE_STOCK']],
  ['PENDING', 'RESERVED', 'REQUESTED', 'RUNNING', ['AUTHORIZE_PAYMENT']],
  ['PLACED', 'RESERVED', 'AUTHORIZED', 'RUNNING', ['COMMIT_STOCK']],
  ['PAID', 'RESERVED', 'CAPTURED', 'RUNNING', ['COMMIT_STOCK']],
  ['SHIPPED', 'COMMITTED', 'CAPTURED', 'RUNNING', ['DELIVER']],
  ['COMPLETE', 'COMMITTED', 'CAPTURED', 'COMPLETE', []],
  ['CANCELLED', 'RELEASED', 'UNDONE', 'COMPENSATED', []],
  ['FAILED', 'REFUSED', 'NONE', 'COMPENSATED', []],
  ['FAILED', 'RELEASED', 'DECLINED', 'COMPENSATED', []],
] as const;

test('orders of a shop that knew no sagas get them, each as far as it is, and were sent free of charge', async () => {
  const database = await testPostgres('orders');
  const directory = await mkdtemp(path.join(os.tmpdir(), 'souk-migrations-'));
  for (const name of BEFORE) {
    await cp(path.join(MIGRATIONS, name), path.join(directory, name), { recursive: true });
  }
  await migrate({ url: database.url, directory, logger });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const [index, [status, stock, payment]] of OLD.entries()) {
    await client.query(
      `INSERT INTO orders (id, email, status, version, published, stock, payment, currency, total_minor, ship_name,
         ship_line1, ship_city, ship_postal_code, ship_country, access_token_hash, decide_by, created_at, updated_at)
       VALUES ($1, 'ada@souk.test', $2, 1, 1, $3, $4, 'EUR', 100, 'Ada', 'x', 'x', 'x', 'GB', '\\x00', now(), now(), now())`,
      [`o${index}`, status, stock, payment],
    );
  }
  await prepare({ databaseUrl: database.url, logger });
  const { rows } = await client.query<{ status: string; open: string[]; due: boolean }>(
    `SELECT s.status, s.due_at <= now() AS due,
       ARRAY(SELECT step::text FROM saga_steps t WHERE t.order_id = s.order_id AND t.status = 'ASKED' ORDER BY step) AS open
     FROM sagas s ORDER BY order_id`,
  );
  expect(rows.map(({ status, open }) => [status, open])).toEqual(
    OLD.map(([, , , status, open]) => [status, open]),
  );
  const amounts = await client.query('SELECT DISTINCT total_minor, shipping_minor FROM orders');
  expect(amounts.rows).toEqual([{ total_minor: 100, shipping_minor: 0 }]);
  expect(rows.map(({ due }) => due)).toEqual([true, true, true, true, false, null, null, null, null]);
  await client.end();
  await rm(directory, { recursive: true });
  await database.drop();
});
