import { expect, it } from 'vitest';
import { orderAt } from './order-as-of.js';
import { attemptBefore } from './past-attempts.js';
import { type PastOrder, pastEvents } from './past-events.js';

const order: PastOrder = {
  id: 'o1',
  customerId: 'ada',
  totalMinor: 3_000,
  shippingMinor: 490,
  currency: 'EUR',
  lines: [{ variantId: 'lamp', quantity: 2, unitPriceMinor: 1_255 }],
  timeline: [{ type: 'RECEIVED', at: '2026-11-01T12:00:00.000Z' }],
};
const told = (index: number) => {
  const attempt = attemptBefore(order, index);
  return attempt && pastEvents(attempt);
};

it('gives back what was set aside for a card that was declined', () => {
  const events = told(0) ?? [];
  expect(events.map(({ type }) => type)).toEqual([
    'stock.reserve-requested',
    'stock.reserved',
    'payment.authorize-requested',
    'payment.declined',
    'order.failed',
    'stock.released',
  ]);
  expect(events[4]).toMatchObject({
    aggregateId: 'o1_tried',
    occurredAt: '2026-11-01T11:58:00.600Z',
    payload: { orderId: 'o1_tried', failure: { code: 'PAYMENT_DECLINED' } },
  });
});

it('sets nothing aside for who came too late', () => {
  expect(told(1)?.at(-1)?.payload).toMatchObject({
    failure: { code: 'OUT_OF_STOCK', variantId: 'lamp', requested: 2, available: 1 },
  });
});

it('is a try of few, before the order', () => {
  const tries = Array.from({ length: 420 }, (_, index) => attemptBefore(order, index)).filter(Boolean);
  expect(tries).toHaveLength(420 / 14 + 420 / 30);
  expect(tries.every((one) => (one?.timeline.at(-1)?.at ?? '') < (order.timeline[0]?.at ?? ''))).toBe(true);
});

it.each([0, 1])('has failed, as of any later instant', (index) => {
  const records = (told(index) ?? []).map((event, place) => ({
    ...event,
    number: place + 1,
    schemaVersion: null,
    recordedAt: event.occurredAt,
    redacted: [],
    hash: Buffer.alloc(32),
  }));
  expect(orderAt('o1_tried', new Date(), records)?.stage).toBe('FAILED');
});
