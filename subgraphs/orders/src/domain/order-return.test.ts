import { expect, test } from 'vitest';
import { isReturnable, missedDeadline, returnOf, returnableUntil } from './order-return.js';
import { START, after, tell, upTo } from './__fixtures__/an-order.js';
import type { OrderCommand } from './order-command.js';

const told = (...commands: OrderCommand[]) => {
  const { order, timeline } = tell(...upTo('COMPLETE'), ...commands);
  return { status: order.status, timeline };
};
const RETURN: OrderCommand = { type: 'Return', reason: 'Too small.' };
const DAY = 24 * 60 * 60 * 1_000;
const soon = { returnDays: 30, now: START };
const refunded = (refundedMinor: number): OrderCommand => ({ type: 'ReportPaymentRefunded', refundedMinor });

test('a return is told by its timeline, step by step', () => {
  expect(returnOf(told())).toBeNull();
  expect(isReturnable(told(), soon)).toBe(true);
  const steps: OrderCommand[] = [
    RETURN,
    { type: 'ReportReturnScheduled' },
    { type: 'ReportReturned' },
    refunded(3000),
  ];
  const statuses = steps.map((_, index) => returnOf(told(...steps.slice(0, index + 1)))?.status);
  expect(statuses).toEqual(['REQUESTED', 'SCHEDULED', 'RETURNED', 'REFUNDED']);
  expect(returnOf(told(...steps))?.message).toBe('Too small.');
  expect(isReturnable(told(RETURN), soon)).toBe(false);
  expect(isReturnable({ ...told(), status: 'SHIPPED' }, soon)).toBe(false);
});

test('an order may be returned for some days after it was delivered, to the millisecond', () => {
  const at = (ms: number) => ({ returnDays: 30, now: after(ms) });
  expect(returnableUntil(told(), soon)).toEqual(after(30 * DAY));
  expect([30 * DAY, 30 * DAY + 1].map((ms) => isReturnable(told(), at(ms)))).toEqual([true, false]);
  expect(missedDeadline(told(), at(30 * DAY))).toBeNull();
  expect(missedDeadline(told(), at(31 * DAY))).toEqual(after(30 * DAY));
  expect(missedDeadline(told(RETURN), at(31 * DAY))).toBeNull();
});

test('an order that is not delivered has no deadline to miss', () => {
  const { timeline, order } = tell(...upTo('SHIPPED'));
  const late = { returnDays: 0, now: after(99 * DAY) };
  expect(returnableUntil({ timeline }, late)).toBeNull();
  expect(missedDeadline({ timeline, status: order.status }, late)).toBeNull();
});

test('money given back by hand before the parcel is back is not the end of a return', () => {
  expect(returnOf(told(refunded(100), RETURN, refunded(200)))?.status).toBe('REQUESTED');
});
