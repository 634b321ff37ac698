import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CART,
  type OrdersUnderTest,
  account,
  checkout,
  eventually,
  startOrders,
} from './__fixtures__/orders-under-test.js';

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());

test('two hundred buyers at once: five get the last five, the others learn why, nothing is lost', async () => {
  orders.shop.stock.set('lamp', 5);
  const buyers = Array.from({ length: 200 }, (_, index) => account(`buyer-${index}`));
  await Promise.all(buyers.map((buyer) => orders.fill(buyer, { lamp: 1 })));
  const inputs = buyers.map(() => checkout());
  const first = await Promise.all(buyers.map((buyer, index) => orders.place(buyer, inputs[index])));

  // Those who are still undecided on a slow machine ask again with the same key.
  const final = await Promise.all(
    first.map(async (answer, index) =>
      answer.order?.status === 'PENDING'
        ? eventually(
            () => orders.place(buyers[index] ?? account('nobody'), inputs[index]),
            ({ order }) => order?.status !== 'PENDING',
          )
        : answer,
    ),
  );
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
