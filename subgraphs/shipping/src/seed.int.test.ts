import { orderHistory } from '@souk/demo-data/orders';
import { silentLogger } from '@souk/testkit/logger';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ShippingUnderTest, startShipping } from './__fixtures__/shipping-under-test.js';
import { seed } from './index.js';

const now = new Date();
const HISTORY = { products: 60, seed: 7, orders: 300 };
const history = [...orderHistory({ ...HISTORY, now })];
let shipping: ShippingUnderTest;
beforeEach(async () => {
  shipping = await startShipping();
});
afterEach(() => shipping.stop());
const sow = () =>
  seed({ databaseUrl: shipping.database.url, logger: silentLogger, clock: () => now }, HISTORY);

test('the demo orders that were paid have parcels, once, and nobody is told of it', async () => {
  await sow();
  await sow();
  const found = await shipping.shipments(history.map(({ id }) => id));
  const STATUS = {
    PLACED: [],
    PAID: ['SCHEDULED'],
    SHIPPED: ['SHIPPED'],
    COMPLETE: ['DELIVERED'],
    CANCELLED: [],
  };
  expect(found.map((parcels) => parcels?.map(({ status }) => status))).toEqual(
    history.map(({ status }) => STATUS[status]),
  );
  for (const [index, order] of history.entries()) {
    const [parcel] = found[index] ?? [];
    if (!parcel) continue;
    const instants = parcel.events.map(({ at }) => at);
    expect(instants).toEqual([...instants].sort());
    expect(instants.at(-1)! <= now.toISOString()).toBe(true);
    const shippedAt = order.timeline.find(({ type }) => type === 'SHIPPED')?.at;
    if (shippedAt) expect(instants[1]).toBe(shippedAt);
    if (order.status === 'COMPLETE') expect([instants.length, instants.at(-1)]).toEqual([6, order.updatedAt]);
    if (order.status === 'SHIPPED') expect(parcel.eta! > now.toISOString()).toBe(true);
  }
  expect((await shipping.app.events?.head()) ?? 0).toBe(0);
});

test('staff move a demo parcel on, and it can be held back until it has left', async () => {
  await sow();
  const paid = history.filter(({ status }) => status === 'PAID');
  const [held, sent] = paid.map(({ id }) => id);
  if (!held || !sent) throw new Error('the history has no two orders that are paid and not sent');
  shipping.command('cancel', { orderId: held });
  await shipping.untilTold(held, 'cancelled');
  shipping.command('advance', { orderId: sent, to: 'DELIVERED' });
  expect(await shipping.untilTold(sent, 'delivered')).toEqual(['shipped', 'delivered']);
  expect(shipping.toldOf(sent).map(({ version }) => version)).toEqual([2, 3]);
});
