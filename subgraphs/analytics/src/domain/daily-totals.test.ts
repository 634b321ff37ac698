import type { DomainEvent } from '@souk/kit/events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderLives, unruly } from '../__fixtures__/order-lives.js';
import { type DailyTotal, changes, totalsOf } from './daily-totals.js';
import { type OrderHistory, UNKNOWN_ORDER, evolve, orderIdOf, standing } from './order-history.js';
import { pastEvents } from './past-events.js';

const ORDER = {
  id: 'o1',
  customerId: null,
  currency: 'EUR' as const,
  totalMinor: 5_000,
  shippingMinor: 490,
  lines: [
    { variantId: 'v1', quantity: 2, unitPriceMinor: 1_500 },
    { variantId: 'v2', quantity: 1, unitPriceMinor: 1_510 },
  ],
};
const AT = '2026-11-22T23:59:59.900Z';
const NEXT_DAY = '2026-11-23T00:00:00.100Z';
const told = (...steps: [string, string][]): OrderHistory =>
  pastEvents({ ...ORDER, timeline: steps.map(([type, at]) => ({ type, at })) }).reduce(evolve, UNKNOWN_ORDER);
const PLACED: [string, string][] = [
  ['RECEIVED', AT],
  ['STOCK_RESERVED', AT],
  ['PAYMENT_AUTHORIZED', AT],
  ['PLACED', NEXT_DAY],
];
const sale = {
  report: 'sales',
  day: '2026-11-23',
  subject: '',
  currency: 'EUR',
  orders: 1,
  units: 3,
} as const;
const of = (report: string, totals: readonly DailyTotal[]) =>
  totals.filter((total) => total.report === report);

test('a placed order is a sale of the day on which it was placed, in UTC', () => {
  const totals = totalsOf(told(...PLACED));
  expect(of('sales', totals)).toEqual([{ ...sale, amountMinor: 5_000, returnedMinor: 0 }]);
  expect(
    of('products', totals).map(({ subject, units, amountMinor }) => [subject, units, amountMinor]),
  ).toEqual([
    ['v1', 2, 3_000],
    ['v2', 1, 1_510],
  ]);
  // The funnel counts it on the day on which it began.
  expect(of('stages', totals).map(({ subject, day }) => [subject, day])).toEqual(
    ['RECEIVED', 'RESERVED', 'AUTHORIZED', 'PLACED'].map((stage) => [stage, '2026-11-22']),
  );
});

test('an order that was not placed is no sale, but is in the funnel', () => {
  const totals = totalsOf(told(...PLACED.slice(0, 2)));
  expect(totals.map(({ report, subject }) => [report, subject])).toEqual([
    ['stages', 'RECEIVED'],
    ['stages', 'RESERVED'],
  ]);
});

test('a cancelled order gives all of it back and sells no product', () => {
  const totals = totalsOf(told(...PLACED, ['CANCELLED', NEXT_DAY]));
  expect(of('sales', totals)).toEqual([{ ...sale, amountMinor: 5_000, returnedMinor: 5_000 }]);
  expect(of('products', totals)).toEqual([]);
  expect(of('stages', totals).map(({ subject }) => subject)).toEqual([
    'RECEIVED',
    'RESERVED',
    'AUTHORIZED',
    'PLACED',
    'CANCELLED',
  ]);
});

test('refunds count by the sum so far, whichever comes first, and never beyond the order', () => {
  const refund = (version: number, refundedMinor: number): DomainEvent => ({
    id: `r${version}`,
    type: 'payment.refunded',
    source: 'payments',
    aggregateId: 'o1',
    version,
    occurredAt: NEXT_DAY,
    correlationId: 'o1',
    payload: { orderId: 'o1', amountMinor: 1_000, currency: 'EUR', refundedMinor },
  });
  const paid = told(...PLACED, ['PAID', NEXT_DAY]);
  const after = (...refunds: DomainEvent[]) =>
    of('sales', totalsOf(refunds.reduce(evolve, paid)))[0]?.returnedMinor;
  expect(after(refund(3, 1_000), refund(4, 2_000))).toBe(2_000);
  expect(after(refund(4, 2_000), refund(3, 1_000), refund(4, 2_000))).toBe(2_000);
  expect(after(refund(3, 9_999))).toBe(5_000);
});

test('where an order stands is what its highest version says', () => {
  const events = pastEvents({
    ...ORDER,
    timeline: [...PLACED, ['PAID', NEXT_DAY] as const].map(([type, at]) => ({ type, at })),
  });
  expect(standing([...events].reverse().reduce(evolve, UNKNOWN_ORDER))).toBe('PAID');
  // Known to be shipped although nobody has told yet that it was paid.
  expect(standing(told(['SHIPPED', AT]))).toBe('SHIPPED');
});

test('a payload that is not as agreed changes nothing', () => {
  const odd = {
    ...pastEvents({ ...ORDER, timeline: [{ type: 'PLACED', at: AT }] })[0],
    payload: { orderId: 'o1' },
  };
  const history = evolve(UNKNOWN_ORDER, odd as DomainEvent);
  expect(history.fact).toBeUndefined();
  expect(of('sales', totalsOf(history))).toEqual([]);
});

/** The projections in memory: what store/project.ts does with tables. */
function projectAll(portions: readonly (readonly DomainEvent[])[]) {
  const seen = new Set<string>();
  const histories = new Map<string, OrderHistory>();
  const totals = new Map<string, DailyTotal>();
  for (const portion of portions) {
    const before = new Map(histories);
    for (const event of portion) {
      const orderId = orderIdOf(event);
      if (orderId === undefined || seen.has(event.id)) continue;
      seen.add(event.id);
      histories.set(orderId, evolve(histories.get(orderId) ?? UNKNOWN_ORDER, event));
    }
    const changed = [...histories].map(([id, after]) => ({ before: before.get(id) ?? UNKNOWN_ORDER, after }));
    for (const change of changes(changed)) {
      const key = [change.report, change.day, change.subject, change.currency].join('|');
      const old = totals.get(key);
      totals.set(key, {
        ...change,
        orders: change.orders + (old?.orders ?? 0),
        units: change.units + (old?.units ?? 0),
        amountMinor: change.amountMinor + (old?.amountMinor ?? 0),
        returnedMinor: change.returnedMinor + (old?.returnedMinor ?? 0),
      });
    }
  }
  return { histories, totals: [...totals.values()].filter(({ orders }) => orders !== 0) };
}

const sorted = (totals: readonly DailyTotal[]) =>
  totals.map((total) => JSON.stringify(Object.entries(total).sort())).sort();

test('shuffled, repeated and in any portions, events come to the same reports', () => {
  fc.assert(
    fc.property(
      orderLives.chain((events) => fc.tuple(fc.constant(events), unruly(events))),
      ([events, portions]) => {
        const calm = projectAll([events]);
        const wild = projectAll(portions);
        expect(new Map([...wild.histories].sort())).toEqual(new Map([...calm.histories].sort()));
        expect(sorted(wild.totals)).toEqual(sorted(calm.totals));
        // And the sums are those of the orders, each by itself.
        const sales = calm.totals.filter(({ report }) => report === 'sales');
        const placed = [...calm.histories.values()].filter(({ since }) => since.PLACED !== undefined);
        expect(sales.reduce((sum, { orders }) => sum + orders, 0)).toBe(placed.length);
        expect(sales.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(
          placed.reduce((sum, { fact }) => sum + (fact?.amountMinor ?? 0), 0),
        );
      },
    ),
    { numRuns: 200 },
  );
});
