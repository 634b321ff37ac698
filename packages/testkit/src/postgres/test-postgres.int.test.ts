import pg from 'pg';
import { expect, test } from 'vitest';
import { testPostgres } from './test-postgres.js';

test('two databases of one name are apart, and a dropped one is gone although somebody is connected', async () => {
  const [left, right] = await Promise.all([testPostgres('Apart'), testPostgres('Apart')]);
  const inLeft = new pg.Client({ connectionString: left.url });
  const inRight = new pg.Client({ connectionString: right.url });
  inLeft.on('error', () => {});
  await Promise.all([inLeft.connect(), inRight.connect()]);
  await inLeft.query('CREATE TABLE mine (id int)');
  await expect(inRight.query('SELECT * FROM mine')).rejects.toMatchObject({ code: '42P01' });

  await left.drop();
  const { rows } = await inRight.query('SELECT datname FROM pg_database WHERE datname = ANY($1)', [
    [left.database, right.database],
  ]);
  expect(rows).toEqual([{ datname: right.database }]);
  await inRight.end();
  await right.drop();
});
