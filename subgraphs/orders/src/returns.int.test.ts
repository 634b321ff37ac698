import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type OrdersUnderTest,
  READ,
  RETURN,
  guest,
  staff,
  startOrders,
} from './__fixtures__/orders-under-test.js';

const DAY = 24 * 60 * 60 * 1_000;

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());

test('a delivered order may be returned for thirty days, and whoever is too late is told until when', async () => {
  const { order } = await orders.place(await orders.fill(guest, { lamp: 1 }));
  const { id, accessToken } = order;
  expect(order).toMatchObject({ returnable: false, returnableUntil: null });
  const sendBack = async (caller = guest) =>
    (await orders.run(RETURN, { input: { orderId: id, accessToken } }, caller)).data.returnOrder;
  const read = async () => (await orders.run(READ, { id, accessToken }, guest)).data.order;

  await orders.reaches(id, 'SHIPMENT_SCHEDULED');
  const before = Date.now();
  orders.shop.tell('shipping', 'shipment.delivered', { orderId: id });
  const delivered = await orders.reaches(id, 'COMPLETE');
  expect(delivered.returnable).toBe(true);
  const until = Date.parse(delivered.returnableUntil ?? '');
  expect(until - 30 * DAY).toBeGreaterThanOrEqual(before);
  expect(until - 30 * DAY).toBeLessThanOrEqual(Date.now());

  orders.time.standsAt = until + 1;
  const refusal = {
    ...{ __typename: 'ReturnPeriodOverError', code: 'RETURN_PERIOD_OVER' },
    returnableUntil: delivered.returnableUntil,
  };
  for (const caller of [guest, staff]) {
    expect(await sendBack(caller)).toMatchObject({ order: null, errors: [refusal] });
  }
  expect(await read()).toMatchObject({ returnable: false, returnableUntil: delivered.returnableUntil });
  expect(orders.shop.commandsFor(id)).not.toContain('shipment.return-requested');

  orders.time.standsAt = until;
  expect((await read()).returnable).toBe(true);
  expect(await sendBack()).toMatchObject({ order: { status: 'COMPLETE', returnable: false }, errors: [] });
  // Whoever asked in time may ask again: it changes nothing.
  orders.time.standsAt = until + DAY;
  expect((await sendBack()).errors).toEqual([]);
});
