import { orderHistory } from '@souk/demo-data/orders';
import { silentLogger } from '@souk/testkit/logger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AnalyticsUnderTest,
  NOW,
  countRecords,
  startAnalytics,
} from './__fixtures__/analytics-under-test.js';
import { seed, verifyEvents } from './index.js';

let analytics: AnalyticsUnderTest;
beforeAll(async () => {
  analytics = await startAnalytics();
});
afterAll(() => analytics.stop());

test('the demo orders have a history, once, whatever day it is seeded again', async () => {
  const deps = (now: Date) => ({
    databaseUrl: analytics.database.url,
    logger: silentLogger,
    clock: () => now,
  });
  const options = { products: 60, seed: 7, orders: 300 };
  await seed(deps(NOW), options);
  const records = await countRecords(analytics);
  await seed(deps(NOW), options);
  await seed(deps(new Date(NOW.getTime() + 3 * 86_400_000)), options);
  expect(await countRecords(analytics)).toBe(records);
  expect(await verifyEvents(deps(NOW))).toMatchObject({ complete: true, checkedTo: { number: records } });

  const history = [...orderHistory({ ...options, now: NOW })];
  const { salesByDay, funnel, topProducts } = (await analytics.run(`{
    salesByDay(from: "2026-06-01", to: "2026-11-28") { orders gross { amountMinor } returned { amountMinor } }
    funnel(from: "2026-06-01") { steps { stage orders } failed cancelled }
    topProducts { units } }`)) as unknown as {
    salesByDay: { orders: number; gross: { amountMinor: number }; returned: { amountMinor: number } }[];
    funnel: { steps: { stage: string; orders: number }[]; failed: number; cancelled: number };
    topProducts: { units: number }[];
  };
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const cancelled = history.filter(({ status }) => status === 'CANCELLED');
  expect(sum(salesByDay.map(({ orders }) => orders))).toBe(300);
  expect(sum(salesByDay.map(({ gross }) => gross.amountMinor))).toBe(
    sum(history.map((one) => one.totalMinor)),
  );
  expect(sum(salesByDay.map(({ returned }) => returned.amountMinor))).toBe(
    sum(cancelled.map((one) => one.totalMinor)),
  );
  expect(salesByDay.filter(({ orders }) => orders > 0).length).toBeGreaterThan(60);
  // Of 300 orders, 22 came after a declined card and 10 after an item that was gone.
  const [received, reserved, authorized, placed] = funnel.steps.map((step) => step.orders);
  expect([received, reserved, authorized, placed, funnel.failed]).toEqual([332, 322, 300, 300, 32]);
  expect(funnel.cancelled).toBe(cancelled.length);
  expect(funnel.steps.at(-1)?.orders).toBe(history.filter(({ status }) => status === 'COMPLETE').length);
  expect(topProducts.length).toBe(10);
});
