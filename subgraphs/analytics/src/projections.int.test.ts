import type { DomainEvent } from '@souk/kit/events';
import type { SqlExecutor } from '@souk/kit/postgres';
import { silentLogger } from '@souk/testkit/logger';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnalyticsUnderTest, NOW, startAnalytics } from './__fixtures__/analytics-under-test.js';
import { orderLives, unruly } from './__fixtures__/order-lives.js';
import { redactEvent } from './domain/redact.js';
import { prepare } from './index.js';
import { appendRecords } from './store/append-records.js';
import { type AnalyticsDatabase, openDatabase } from './store/database.js';
import { project } from './store/project.js';
import { RebuildRunningError, rebuildProjections } from './store/rebuild-projections.js';

let analytics: AnalyticsUnderTest;
let database: AnalyticsDatabase;
const [someLives = []] = fc.sample(orderLives, { numRuns: 1, seed: 7 });
beforeAll(async () => {
  analytics = await startAnalytics({ sources: [] });
  database = openDatabase({ url: analytics.database.url, logger: silentLogger });
  // So that every test finds something to make again, whichever comes first.
  await takeIn(renamed(someLives, 0));
});
afterAll(async () => {
  await database.close();
  await analytics.stop();
});

/** As the consumer does it. */
const append = async (sql: SqlExecutor, events: readonly DomainEvent[]): Promise<void> =>
  project(sql, 'projections', await appendRecords(sql, events.map(redactEvent), NOW));
const takeIn = (events: readonly DomainEvent[]): Promise<void> =>
  database.transaction((sql) => append(sql, events));
const tables = async (schema = 'projections') => ({
  orders: await analytics.rows(`SELECT * FROM ${schema}.orders ORDER BY order_id`),
  totals: await analytics.rows(
    `SELECT *, day::text AS day FROM ${schema}.daily_totals ORDER BY report, daily_totals.day, subject, currency`,
  ),
});
/** The same events about other orders, so that one database serves all runs. */
const renamed = (events: readonly DomainEvent[], run: number): DomainEvent[] =>
  JSON.parse(
    JSON.stringify(events).replaceAll(/"((?:past_|pay_|refund_)?)o(\d)/g, `"$1run${run}o$2`),
  ) as DomainEvent[];

test('whatever order, repetition and portions events come in, a replay makes the same', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      orderLives.chain((events) => unruly(events)),
      async (portions) => {
        run += 1;
        for (const portion of portions) await takeIn(renamed(portion, run));
        expect(await rebuildProjections(database, { logger: silentLogger, swap: false })).toMatchObject({
          differences: 0,
        });
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
  const before = await tables();
  expect(before.orders.length).toBeGreaterThan(15);
  const [stored] = await analytics.rows<{ count: string }>('SELECT count(*) FROM audit.records');
  expect(await rebuildProjections(database, { logger: silentLogger })).toEqual({
    events: Number(stored?.count),
    differences: 0,
  });
  expect(await tables()).toEqual(before);
  const left = await analytics.rows(`SELECT 1 FROM pg_namespace WHERE nspname = 'projections_next'`);
  expect(left).toEqual([]);
});

test('what was wrong is told, and put right', async () => {
  const right = await tables();
  await analytics.rows(
    `UPDATE projections.daily_totals SET amount_minor = amount_minor + 1 WHERE report = 'sales'`,
  );
  const wrong = await tables();
  const compared = await rebuildProjections(database, { logger: silentLogger, swap: false });
  const sales = right.totals.filter((total) => 'report' in total && total.report === 'sales');
  expect(sales.length).toBeGreaterThan(0);
  // Each wrong row counts twice: as it is, and as it should be.
  expect(compared.differences).toBe(2 * sales.length);
  expect(await tables()).toEqual(wrong);
  await rebuildProjections(database, { logger: silentLogger });
  expect(await tables()).toEqual(right);
});

test('events that come in during a rebuild are in it; a second rebuild is refused', async () => {
  const events = renamed(someLives, 999);
  // Few at once: whoever waits for the chain holds a connection of the pool.
  const [first = [], ...others] = [0, 1, 2, 3].map((part) => events.filter((_, index) => index % 4 === part));
  const rebuild = () => rebuildProjections(database, { logger: silentLogger });
  const running = await database.transaction(async (sql) => {
    // A rebuild ends with the chain in its hands: as long as it is held here, the first is open.
    await append(sql, first);
    const rebuilds = [rebuild(), rebuild()];
    await expect(Promise.race(rebuilds)).rejects.toThrow(RebuildRunningError);
    return { outcomes: Promise.allSettled(rebuilds), writing: Promise.all(others.map(takeIn)) };
  });
  await running.writing;
  expect((await running.outcomes).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await rebuildProjections(database, { logger: silentLogger, swap: false })).toMatchObject({
    differences: 0,
  });
});

test('projections that other code made are made again at the next start, before anybody reads them', async () => {
  const right = await tables();
  await analytics.rows(`ALTER TABLE projections.daily_totals ADD COLUMN left_over int; DELETE FROM projections.orders;
    COMMENT ON SCHEMA projections IS 'another'`);
  const start = () => prepare({ databaseUrl: analytics.database.url, logger: silentLogger });
  await Promise.all([start(), start()]);
  expect(await tables()).toEqual(right);
  // And only then.
  await analytics.rows('DELETE FROM projections.orders');
  await start();
  expect((await tables()).orders).toEqual([]);
  // As the other tests want to find it.
  await rebuildProjections(database, { logger: silentLogger });
});
