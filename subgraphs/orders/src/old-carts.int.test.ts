import { createPool } from '@souk/kit/postgres';
import { silentLogger } from '@souk/testkit/logger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CART,
  type Caller,
  type OrdersUnderTest,
  account,
  guest,
  startOrders,
} from './__fixtures__/orders-under-test.js';
import { oldCartPruning } from './store/old-carts.js';

const DAY = 24 * 3_600_000;
let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());

const unitsOf = async (buyer: Caller) => (await orders.run(CART, {}, buyer)).data.cart?.itemCount ?? 0;

test('a guest’s cart is forgotten three months after its last change, an account’s never', async () => {
  const pool = createPool({ url: orders.database.url, logger: silentLogger });
  const gone = await orders.fill(guest, { lamp: 1 });
  const faithful = await orders.fill(guest, { lamp: 1 });
  const ada = await orders.fill(account('ada'), { lamp: 1 });
  orders.time.offsetMs = 60 * DAY;
  await orders.fill(faithful, { chair: 1 });
  const prune = (days: number) => oldCartPruning(pool, () => new Date(Date.now() + days * DAY)).prune(1_000);
  expect([await prune(89), await prune(91), await prune(91)]).toEqual([0, 1, 0]);
  expect([await unitsOf(gone), await unitsOf(faithful), await unitsOf(ada)]).toEqual([0, 2, 1]);
  await pool.end();
});
