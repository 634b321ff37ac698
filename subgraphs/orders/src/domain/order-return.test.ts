import { expect, test } from 'vitest';
import { isReturnable, returnOf } from './order-return.js';
import { tell, upTo } from './__fixtures__/an-order.js';
import type { OrderCommand } from './order-command.js';

const told = (...commands: OrderCommand[]) => {
  const { order, timeline } = tell(...upTo('COMPLETE'), ...commands);
  return { status: order.status, timeline };
};
const RETURN: OrderCommand = { type: 'Return', reason: 'Too small.' };
const refunded = (refundedMinor: number): OrderCommand => ({ type: 'ReportPaymentRefunded', refundedMinor });

test('a return is told by its timeline, step by step', () => {
  expect(returnOf(told())).toBeNull();
  expect(isReturnable(told())).toBe(true);
  const steps: OrderCommand[] = [
    RETURN,
    { type: 'ReportReturnScheduled' },
    { type: 'ReportReturned' },
    refunded(3000),
  ];
  const statuses = steps.map((_, index) => returnOf(told(...steps.slice(0, index + 1)))?.status);
  expect(statuses).toEqual(['REQUESTED', 'SCHEDULED', 'RETURNED', 'REFUNDED']);
  expect(returnOf(told(...steps))?.message).toBe('Too small.');
  expect(isReturnable(told(RETURN))).toBe(false);
  expect(isReturnable({ ...told(), status: 'SHIPPED' })).toBe(false);
});

test('money given back by hand before the parcel is back is not the end of a return', () => {
  expect(returnOf(told(refunded(100), RETURN, refunded(200)))?.status).toBe('REQUESTED');
});
