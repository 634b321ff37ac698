import { describe, expect, it } from 'vitest';
import {
  headlineOf,
  isOver,
  isSettled,
  paymentOf,
  progressOf,
  returnNoteOf,
  toneOf,
} from './order-status.js';

describe('the status of an order', () => {
  it.each([
    ['PENDING', 0, false, 'warn'],
    ['PLACED', 1, false, 'brand'],
    ['PAID', 2, false, 'brand'],
    ['SHIPPED', 3, false, 'brand'],
    ['COMPLETE', 4, true, 'ok'],
    ['CANCELLED', 0, true, 'danger'],
    ['FAILED', 0, true, 'danger'],
  ] as const)('%s is %d milestones far', (status, progress, over, tone) => {
    expect([progressOf(status), isOver(status), toneOf(status)]).toEqual([progress, over, tone]);
  });

  it('does not promise a charge for an order that was called off', () => {
    const payment = { status: 'AUTHORIZED' as const };
    expect(paymentOf({ status: 'CANCELLED', payment })).toBe('RELEASING');
    expect(paymentOf({ status: 'CANCELLED', payment: { ...payment, status: 'VOIDED' } })).toBe('VOIDED');
    expect(paymentOf({ status: 'PLACED', payment })).toBe('AUTHORIZED');
  });

  it('says of a delivered order how far its return is, and ends it with the money', () => {
    const told = (['REQUESTED', 'SCHEDULED', 'RETURNED', 'REFUNDED'] as const).map((status) => {
      const order = {
        ...{ status: 'COMPLETE' as const, payment: null },
        return: { __typename: 'OrderReturn' as const, status },
      };
      return [headlineOf(order), isSettled(order)];
    });
    expect(told).toEqual([
      ['We are arranging your return', false],
      ['Your return is under way', false],
      ['Your return is back with us', false],
      ['Returned, and your money given back', true],
    ]);
    const kept = { status: 'COMPLETE' as const, return: null, payment: null };
    expect([headlineOf(kept), isSettled(kept)]).toEqual(['Delivered. Enjoy!', true]);
  });

  it('says until when a delivered order may be sent back, or could have been', () => {
    const delivered = { returnable: true, returnableUntil: '2026-12-22T12:00:00.000Z', return: null };
    expect(returnNoteOf(delivered)).toBe('Can be sent back until 22 December 2026');
    expect(returnNoteOf({ ...delivered, returnable: false })).toBe(
      'Could be sent back until 22 December 2026',
    );
    expect(returnNoteOf({ ...delivered, returnable: false, returnableUntil: null })).toBeUndefined();
    const asked = { __typename: 'OrderReturn' as const, status: 'REQUESTED' as const };
    expect(returnNoteOf({ ...delivered, returnable: false, return: asked })).toBeUndefined();
  });

  it('calls for the shopper while the bank waits to hear from them', () => {
    const order = { status: 'PENDING' as const, return: null };
    const headlines = [{ id: 'c' }, null].map((challenge) =>
      headlineOf({ ...order, payment: { challenge } }),
    );
    expect(headlines).toEqual(['Your bank wants a word with you', 'We are setting your items aside']);
  });
});
