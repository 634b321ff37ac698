import { expect, test } from 'vitest';
import { NOTHING_YET, type Story, after, next } from './__fixtures__/an-order.js';
import type { OrderCommand } from './order-command.js';
import { pastOrder } from './past-order.js';
import { sagaStatusOf } from './saga-status.js';
import type { TimelineType } from './timeline.js';

const LIFE: readonly TimelineType[] = [
  ...(['RECEIVED', 'STOCK_RESERVED', 'PAYMENT_AUTHORIZED', 'PLACED'] as const),
  ...(['PAID', 'SHIPPED', 'COMPLETE'] as const),
];
const NOW = after(3_600_000);

/** An order of the past that got as far as `last`, and what happens to it then. */
function since(last: TimelineType, ...commands: readonly (OrderCommand | Date)[]): Story {
  const steps = LIFE.slice(0, LIFE.indexOf(last) + 1).map((type) => ({ type, at: after(0) }));
  const { order } = pastOrder(steps, NOW);
  return commands.reduce<Story>(
    (story, command) =>
      command instanceof Date ? next(story, { type: 'Tick' }, command) : next(story, command, NOW),
    { ...NOTHING_YET, order },
  );
}
const COMMITTED = { type: 'ReportStockCommitted' } as const;
const DELIVERED = { type: 'ReportDelivered' } as const;

test('an order of the past goes on from where it is', () => {
  const placed = since('PLACED', NOW, COMMITTED);
  expect(placed.messages.map(({ type }) => type)).toEqual([
    'stock.commit-requested',
    'payment.capture-requested',
  ]);
  const paid = since('PAID', NOW, COMMITTED);
  expect(paid.messages.map(({ type }) => type)).toEqual(['stock.commit-requested']);
  expect(sagaStatusOf(since('PAID', DELIVERED, COMMITTED).order)).toBe('COMPLETE');
  expect(sagaStatusOf(since('PAID', COMMITTED, DELIVERED).order)).toBe('COMPLETE');
  expect(sagaStatusOf(since('SHIPPED', DELIVERED).order)).toBe('COMPLETE');
  expect(sagaStatusOf(since('COMPLETE').order)).toBe('COMPLETE');
});

test('a parcel that has arrived is not taken back because its units were not committed', () => {
  const refused = since('PAID', DELIVERED, { type: 'ReportCommitRefused', reason: 'EXPIRED' });
  expect(refused.order.status).toBe('COMPLETE');
  const overdue = since('PAID', DELIVERED, after(10 * 3_600_000));
  expect([overdue.order.status, sagaStatusOf(overdue.order)]).toEqual(['COMPLETE', 'STUCK']);
  expect(since('PAID', { type: 'ReportCommitRefused', reason: 'EXPIRED' }).order.status).toBe('CANCELLED');
});
