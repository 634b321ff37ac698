import { silentLogger } from '@souk/testkit/logger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderHistory } from '@souk/demo-data/orders';
import { type PaymentsUnderTest, startPayments } from './__fixtures__/payments-under-test.js';
import { seed } from './index.js';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());

test('the demo orders are paid for, once, and nobody is told of it', async () => {
  const now = new Date();
  const deps = { databaseUrl: payments.database.url, logger: silentLogger, clock: () => now };
  await seed(deps, { products: 60, seed: 7, orders: 120 });
  await seed(deps, { products: 60, seed: 7, orders: 120 });
  const history = [...orderHistory({ products: 60, orders: 120, seed: 7, now })];
  const found = await payments.payments(history.map(({ id }) => id));
  expect(found.map((payment) => payment?.amount.amountMinor)).toEqual(
    history.map(({ totalMinor }) => totalMinor),
  );
  const STATUS = {
    PLACED: 'AUTHORIZED',
    PAID: 'CAPTURED',
    SHIPPED: 'CAPTURED',
    COMPLETE: 'CAPTURED',
    CANCELLED: 'VOIDED',
  };
  expect(found.map((payment) => payment?.status)).toEqual(history.map(({ status }) => STATUS[status]));
  expect((await payments.app.events?.head()) ?? 0).toBe(0);
});
