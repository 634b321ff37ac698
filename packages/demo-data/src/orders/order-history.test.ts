import { expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.js';
import { customers } from '../people/customers.js';
import { demoAccounts } from '../people/accounts.js';
import { orderHistory } from './order-history.js';

const now = new Date('2026-11-22T10:00:00.000Z');
const options = { products: 500, orders: 1_500, now };
const orders = [...orderHistory(options)];

it('is the same for the same options', () => {
  expect([...orderHistory(options)]).toEqual(orders);
});

it('sells what the catalogue has, at its prices, to people who exist', () => {
  const prices = new Map(
    [...catalogue({ products: 500 })].flatMap(({ variants }) =>
      variants.map(({ id, priceMinor }) => [id, priceMinor]),
    ),
  );
  const people = new Set([...customers({ count: 400 }), ...demoAccounts].map(({ id }) => id));
  for (const order of orders) {
    expect(order.lines.length).toBeGreaterThan(0);
    for (const line of order.lines) expect(line.unitPriceMinor).toBe(prices.get(line.variantId));
    const goods = order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0);
    expect(order.totalMinor).toBe(goods + order.shippingMinor);
    if (order.customerId !== null) expect(people).toContain(order.customerId);
  }
  expect(new Set(orders.map(({ shippingMinor }) => shippingMinor))).toEqual(new Set([0, 490, 990]));
  expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
});

it('happened before now, in order, and every life runs forward', () => {
  const created = orders.map(({ createdAt }) => createdAt);
  expect(created).toEqual([...created].sort());
  expect(orders.every(({ updatedAt }) => updatedAt <= now.toISOString())).toBe(true);
  for (const { timeline } of orders) {
    const times = timeline.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  }
  expect(new Set(orders.map(({ status }) => status))).toEqual(
    new Set(['PAID', 'SHIPPED', 'COMPLETE', 'CANCELLED']),
  );
});

it('has a weekly rhythm, guests, and something in the demo account', () => {
  const onWeekday = (day: number): number =>
    orders.filter(({ createdAt }) => new Date(createdAt).getUTCDay() === day).length;
  expect(onWeekday(0)).toBeGreaterThan(onWeekday(6) * 1.2);
  expect(orders.filter(({ customerId }) => customerId === null).length).toBeGreaterThan(150);
  expect(orders.filter(({ customerId }) => customerId === 'usr_demo_ada').length).toBeGreaterThan(20);
});
