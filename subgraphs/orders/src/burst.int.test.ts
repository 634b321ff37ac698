import { afterAll, beforeAll, expect, test } from 'vitest';
import { CART, type OrdersUnderTest, account, startOrders } from './__fixtures__/orders-under-test.js';

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
  orders.stayPlaced();
});
afterAll(() => orders.stop());

test('two hundred buyers at once: five get the last five, the others learn why, nothing is lost', async () => {
  orders.shop.stock.set('lamp', 5);
  const buyers = Array.from({ length: 200 }, (_, index) => account(`buyer-${index}`));
  await Promise.all(buyers.map((buyer) => orders.fill(buyer, { lamp: 1 })));
  const final = await Promise.all(buyers.map((buyer) => orders.place(buyer)));
  const placed = final.filter(({ order }) => order);
  expect(placed.map(({ order }) => order.status)).toEqual(Array.from({ length: 5 }, () => 'PLACED'));
  const refused = final.filter(({ order }) => !order).flatMap(({ errors }) => errors);
  expect(refused).toHaveLength(195);
  expect(new Set(refused.map(({ code, available }) => `${code} ${available}`))).toEqual(
    new Set(['OUT_OF_STOCK 0']),
  );
  expect(orders.shop.stock.get('lamp')).toBe(0);
  expect(new Set(placed.map(({ order }) => order.number)).size).toBe(5);

  const carts = await Promise.all(buyers.map((buyer) => orders.run(CART, {}, buyer)));
  expect(carts.filter(({ data }) => data.cart.itemCount === 0)).toHaveLength(5);
});
