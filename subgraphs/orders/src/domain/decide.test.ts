import { describe, expect, test } from 'vitest';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { NO_ORDER } from './order.js';
import type { OrderCommand } from './order-command.js';
import type { OrderEvent } from './order-event.js';

const given = (...events: OrderEvent[]) => {
  const order = events.reduce(evolve, NO_ORDER);
  return { when: (command: OrderCommand) => ({ then: expect(decide(command, order)) }) };
};
const events = (...expected: OrderEvent[]) => ({ accepted: true, events: expected });

const received: OrderEvent = { type: 'OrderReceived' };
const reserved: OrderEvent = { type: 'StockReserved' };
const authorized: OrderEvent = { type: 'PaymentAuthorized' };
const placed: OrderEvent = { type: 'OrderPlaced' };
const cancelled: OrderEvent = { type: 'OrderCancelled', reason: null };
const timedOut: OrderEvent = { type: 'OrderFailed', failure: { code: 'TIMED_OUT' } };
const paid: OrderEvent = { type: 'OrderAdvanced', to: 'PAID', message: null };
const shipped: OrderEvent = { type: 'OrderAdvanced', to: 'SHIPPED', message: null };
const complete: OrderEvent = { type: 'OrderAdvanced', to: 'COMPLETE', message: null };
const refusal = { code: 'OUT_OF_STOCK', variantId: 'v1', requested: 3, available: 2 } as const;

describe('placing', () => {
  test('stock, then payment, make an order PLACED', () => {
    given(received).when({ type: 'ReportStockReserved' }).then.toEqual(events(reserved));
    given(received, reserved)
      .when({ type: 'ReportPaymentAuthorized' })
      .then.toEqual(events(authorized, placed));
  });
  test('a refusal of stock or payment is the end of it', () => {
    given(received)
      .when({ type: 'ReportStockRefused', variantId: 'v1', requested: 3, available: 2 })
      .then.toEqual(events({ type: 'StockRefused' }, { type: 'OrderFailed', failure: refusal }));
    given(received, reserved)
      .when({ type: 'ReportPaymentDeclined', reason: 'No.' })
      .then.toEqual(
        events(
          { type: 'PaymentDeclined', reason: 'No.' },
          { type: 'OrderFailed', failure: { code: 'PAYMENT_DECLINED', reason: 'No.' } },
        ),
      );
  });
  test('so is the deadline, and it passes by an order that is decided', () => {
    given(received, reserved).when({ type: 'TimeOut' }).then.toEqual(events(timedOut));
    given(received, reserved, authorized, placed).when({ type: 'TimeOut' }).then.toEqual(events());
  });
  test('a report that comes twice changes nothing', () => {
    given(received, reserved).when({ type: 'ReportStockReserved' }).then.toEqual(events());
    given(received, reserved, authorized, placed)
      .when({ type: 'ReportPaymentAuthorized' })
      .then.toEqual(events());
    given(received, reserved)
      .when({ type: 'ReportStockRefused', variantId: 'v1', requested: 1, available: 0 })
      .then.toEqual(events());
  });
});

describe('an order that is off', () => {
  test.each([cancelled, timedOut])('lets go what comes late (%o)', (end) => {
    given(received, end)
      .when({ type: 'ReportStockReserved' })
      .then.toEqual(events({ type: 'StockReservedTooLate' }));
    given(received, reserved, end)
      .when({ type: 'ReportPaymentAuthorized' })
      .then.toEqual(events({ type: 'PaymentAuthorizedTooLate' }));
    given(received, reserved, end)
      .when({ type: 'ReportPaymentDeclined', reason: 'No.' })
      .then.toEqual(events());
  });
  test('cancelling twice is once; a failed order cannot be cancelled', () => {
    given(received, cancelled).when({ type: 'Cancel', reason: 'again' }).then.toEqual(events());
    given(received, timedOut)
      .when({ type: 'Cancel', reason: null })
      .then.toEqual({ accepted: false, refusal: { status: 'FAILED', availableTransitions: [] } });
  });
});

describe('by hand', () => {
  const steps = [received, reserved, authorized, placed] as const;
  test('staff moves an order step by step', () => {
    given(...steps)
      .when({ type: 'Transition', to: 'PAID', message: null })
      .then.toEqual(events(paid));
    given(...steps, paid)
      .when({ type: 'Transition', to: 'SHIPPED', message: null })
      .then.toEqual(events(shipped));
    given(...steps, paid, shipped)
      .when({ type: 'Transition', to: 'COMPLETE', message: 'Left at the door.' })
      .then.toEqual(events({ ...complete, message: 'Left at the door.' }));
  });
  test('the state it is in already is a success without a change', () => {
    given(...steps, paid)
      .when({ type: 'Transition', to: 'PAID', message: null })
      .then.toEqual(events());
  });
  test('a step cannot be skipped or taken back', () => {
    given(...steps)
      .when({ type: 'Transition', to: 'SHIPPED', message: null })
      .then.toEqual({
        accepted: false,
        refusal: { status: 'PLACED', availableTransitions: ['PAID', 'CANCELLED'] },
      });
    given(...steps, paid)
      .when({ type: 'Transition', to: 'PLACED', message: null })
      .then.toEqual({
        accepted: false,
        refusal: { status: 'PAID', availableTransitions: ['SHIPPED', 'CANCELLED'] },
      });
  });
  test('it can be cancelled until the parcel leaves', () => {
    given(received).when({ type: 'Cancel', reason: null }).then.toEqual(events(cancelled));
    given(...steps, paid)
      .when({ type: 'Cancel', reason: null })
      .then.toEqual(events(cancelled));
    given(...steps, paid, shipped)
      .when({ type: 'Cancel', reason: null })
      .then.toEqual({ accepted: false, refusal: { status: 'SHIPPED', availableTransitions: ['COMPLETE'] } });
  });
});
