import pg from 'pg';
import { backoff } from '../lifecycle/backoff.js';
import { sleep } from '../lifecycle/sleep.js';
import { databaseNameOf } from './database-url.js';
import { codeOf } from './failures.js';

const NO_SUCH_DATABASE = '3D000';
const ALREADY_THERE = new Set(['42P04', '23505']);
const TEMPLATE_BUSY = '55006';

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // the query in progress rejects; without a listener the process would end
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Creates the database that the URL names if the server does not have it. Safe to run from several processes.
 *
 * @throws Error if the server cannot be reached or the role may not create databases
 * @example await ensureDatabase('postgres://localhost/souk_orders');
 */
export async function ensureDatabase(url: string): Promise<void> {
  try {
    return await run(url, 'SELECT 1');
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_DATABASE) throw error;
  }
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const name = databaseNameOf(url);
  for (let failures = 0; ;) {
    try {
      return await run(maintenance.href, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    } catch (error) {
      if (ALREADY_THERE.has(codeOf(error))) return;
      failures += 1;
      if (codeOf(error) !== TEMPLATE_BUSY || failures > 20) {
        throw new Error(`Cannot create the database ${name}. Create it by hand or give the role CREATEDB.`, {
          cause: error,
        });
      }
      await sleep(backoff(failures, { maxMs: 1_000 }));
    }
  }
}
