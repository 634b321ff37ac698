import type { DomainEvent } from '@souk/kit/events';
import fc from 'fast-check';
import { pastEvents } from '../domain/past-events.js';

const START = Date.parse('2026-10-28T00:00:00Z');
const HOUR = 3_600_000;

const steps = ['RECEIVED', 'STOCK_RESERVED', 'PAYMENT_AUTHORIZED', 'PLACED', 'PAID', 'SHIPPED', 'COMPLETE'];

const line = fc.record({
  variantId: fc.constantFrom('v1', 'v2', 'v3', 'v4'),
  quantity: fc.integer({ min: 1, max: 4 }),
  unitPriceMinor: fc.integer({ min: 1, max: 90_000 }),
});

/** An order's life: how far it comes, whether it is cancelled then, and what is given back at the end. */
const life = (index: number) =>
  fc.record({
    id: fc.constant(`o${index}`),
    customerId: fc.constantFrom(null, 'usr_1'),
    currency: fc.constantFrom('EUR' as const, 'GBP' as const),
    lines: fc.uniqueArray(line, { minLength: 1, maxLength: 3, selector: ({ variantId }) => variantId }),
    reached: fc.integer({ min: 1, max: steps.length }),
    cancelled: fc.boolean(),
    refunds: fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 2 }),
    startedAt: fc.integer({ min: 0, max: 24 * 60 }).map((hours) => START + hours * HOUR),
    pace: fc.integer({ min: 1, max: 30 }),
  });

/** All the events of some orders, in the order in which they happened to each. */
export const orderLives: fc.Arbitrary<DomainEvent[]> = fc
  .integer({ min: 1, max: 5 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => life(index))))
  .map((lives) =>
    lives.flatMap(({ reached, cancelled, refunds, startedAt, pace, ...order }) => {
      const path = steps.slice(0, reached);
      const timeline = [...path, ...(cancelled && reached < 6 && reached > 3 ? ['CANCELLED'] : [])];
      const at = (index: number): string => new Date(startedAt + index * pace * HOUR).toISOString();
      const goodsMinor = order.lines.reduce((sum, one) => sum + one.quantity * one.unitPriceMinor, 0);
      const shippingMinor = 490;
      const totalMinor = goodsMinor + shippingMinor;
      const events = pastEvents({
        ...order,
        totalMinor,
        shippingMinor,
        timeline: timeline.map((type, index) => ({ type, at: at(index) })),
      });
      return [...events, ...(reached > 4 ? refundEvents(order, refunds, totalMinor, at(9)) : [])];
    }),
  );

function refundEvents(
  { id, currency }: { readonly id: string; readonly currency: string },
  refunds: readonly number[],
  totalMinor: number,
  occurredAt: string,
): DomainEvent[] {
  let refundedMinor = 0;
  return refunds.map((amountMinor, index) => {
    refundedMinor = Math.min(refundedMinor + amountMinor, totalMinor);
    return {
      id: `refund_${id}_${index}`,
      type: 'payment.refunded',
      source: 'payments',
      aggregateId: id,
      version: 3 + index,
      occurredAt,
      correlationId: id,
      payload: { orderId: id, refundId: `r${index}`, amountMinor, currency, refundedMinor },
    };
  });
}

/** The same events in another order, some of them more than once, in portions as a transport may bring them. */
export const unruly = (events: readonly DomainEvent[]): fc.Arbitrary<DomainEvent[][]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...events], { minLength: events.length }),
      fc.array(fc.constantFrom(...events), { maxLength: events.length }),
      fc.integer({ min: 1, max: 7 }),
    )
    .map(([shuffled, again, size]) => {
      const all = [...shuffled, ...again];
      const count = Math.ceil(all.length / size);
      return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size));
    });
