import { describe, expect, test } from 'vitest';
import { START, type Story, after, tell, typesOf, upTo } from './__fixtures__/an-order.js';
import type { OrderCommand } from './order-command.js';
import { dueAt, sagaStatusOf } from './saga-status.js';
import type { StepName } from './saga-step.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const CANCEL: OrderCommand = { type: 'Cancel', reason: 'Changed my mind.' };
const sent = ({ messages }: Story) => typesOf(messages);
const steps = ({ order }: Story) =>
  Object.fromEntries(Object.entries(order.steps).map(([name, { status }]) => [name, status]));
const statusOf = (story: Story, name: StepName) => story.order.steps[name]?.status;

describe('an order that goes well', () => {
  const story = tell(...upTo('COMPLETE'));

  test('takes its steps one after the other, and tells its customer of those that matter', () => {
    expect(story.timeline.map(({ version, type, status }) => [version, type, status])).toEqual([
      [1, 'RECEIVED', 'PENDING'],
      [2, 'STOCK_RESERVED', 'PENDING'],
      [3, 'PAYMENT_AUTHORIZED', 'PENDING'],
      [4, 'PLACED', 'PLACED'],
      [5, 'PAID', 'PAID'],
      [6, 'SHIPMENT_SCHEDULED', 'PAID'],
      [7, 'SHIPPED', 'SHIPPED'],
      [8, 'COMPLETE', 'COMPLETE'],
    ]);
    expect(sent(story)).toEqual([
      'stock.reserve-requested',
      'payment.authorize-requested',
      'order.placed',
      'stock.commit-requested',
      'payment.capture-requested',
      'order.paid',
      'shipment.schedule-requested',
      'order.shipped',
      'order.completed',
    ]);
    expect(new Set(Object.values(steps(story)))).toEqual(new Set(['DONE']));
    expect([sagaStatusOf(story.order), dueAt(story.order)]).toEqual(['COMPLETE', null]);
  });

  test('tells each service what it needs', () => {
    const payloadOf = (type: string) => story.messages.find((message) => message.type === type)?.payload;
    const units = [{ variantId: 'v1', quantity: 2 }];
    expect(payloadOf('stock.reserve-requested')).toEqual({ orderId: 'o1', lines: units });
    expect(payloadOf('payment.authorize-requested')).toEqual({
      ...{ orderId: 'o1', amountMinor: 3000, currency: 'EUR', paymentToken: 'tok_approve' },
      ...{ customerId: null, email: 'ada@souk.test' },
    });
    expect(payloadOf('stock.commit-requested')).toEqual({ orderId: 'o1' });
    expect(payloadOf('shipment.schedule-requested')).toEqual({
      ...{
        orderId: 'o1',
        number: 'S-10001',
        optionId: 'express',
        lines: units,
        totalMinor: 3000,
        currency: 'EUR',
      },
      address: {
        ...{ name: 'Ada Lovelace', line1: '12 St James Square', line2: null },
        ...{ city: 'London', postalCode: 'SW1Y', country: 'GB' },
      },
      ...{ email: 'ada@souk.test', customerId: null },
    });
  });

  test('keeps a history of its steps', () => {
    expect(story.saga.slice(0, 4)).toEqual([
      { at: START, step: 'RESERVE_STOCK', type: 'ASKED', detail: null },
      { at: START, step: 'RESERVE_STOCK', type: 'DONE', detail: null },
      { at: START, step: 'AUTHORIZE_PAYMENT', type: 'ASKED', detail: null },
      { at: START, step: 'AUTHORIZE_PAYMENT', type: 'DONE', detail: null },
    ]);
  });
});

describe('reports', () => {
  test('that come twice change nothing', () => {
    const once = tell(...upTo('COMPLETE'));
    const twice = tell(...upTo('COMPLETE').flatMap((command) => [command, command]), ...upTo('COMPLETE'));
    expect(twice.order).toEqual(once.order);
    expect(twice.messages).toEqual(once.messages);
  });

  test('of the carrier may overtake each other', () => {
    const story = tell(
      ...upTo('PAID'),
      { type: 'ReportDelivered' },
      { type: 'ReportShipped' },
      ...upTo('SCHEDULED'),
    );
    expect(typesOf(story.timeline).slice(5)).toEqual(['SHIPPED', 'COMPLETE']);
    expect(sagaStatusOf(story.order)).toBe('COMPLETE');
  });

  test('of where the parcel was seen are shown on its way, and not after', () => {
    const moved = { type: 'ReportMoved', message: 'Leipzig: sorted' } as const;
    const story = tell(...upTo('SHIPPED'), moved, { type: 'ReportDelivered' }, moved);
    expect(story.timeline.slice(-2)).toMatchObject([
      { type: 'IN_TRANSIT', message: 'Leipzig: sorted', status: 'SHIPPED' },
      { type: 'COMPLETE' },
    ]);
  });

  test('of money given back by hand are shown, the newest sum only', () => {
    const refunded = (refundedMinor: number) => ({ type: 'ReportPaymentRefunded', refundedMinor }) as const;
    const story = tell(...upTo('SHIPPED'), refunded(800), refunded(500), refunded(800));
    expect(typesOf(story.timeline).filter((type) => type === 'REFUNDED')).toHaveLength(1);
    expect(story.order).toMatchObject({ refundedMinor: 800, status: 'SHIPPED' });
  });
});

describe('a refusal ends the order and gives back what is held, the latest first', () => {
  const refused = { reason: 'No.' };
  test.each<[string, OrderCommand[], string, string[]]>([
    [
      'of stock: nothing is held',
      [{ type: 'ReportStockRefused', variantId: 'v1', requested: 2, available: 0 }],
      'FAILED',
      ['order.failed'],
    ],
    [
      'of the payment',
      [...upTo('RESERVED'), { type: 'ReportPaymentDeclined', ...refused }],
      'FAILED',
      ['order.failed', 'stock.release-requested'],
    ],
    [
      'of the commit',
      [...upTo('PLACED'), { type: 'ReportCommitRefused', reason: 'EXPIRED' }],
      'CANCELLED',
      ['order.cancelled', 'payment.void-requested', 'stock.release-requested'],
    ],
    [
      'of the capture: the hold is gone',
      [...upTo('COMMITTED'), { type: 'ReportCaptureRefused', ...refused }],
      'CANCELLED',
      ['order.cancelled', 'stock.release-requested'],
    ],
    [
      'of the shipment',
      [...upTo('PAID'), { type: 'ReportShipmentRefused', ...refused }],
      'CANCELLED',
      ['order.cancelled', 'payment.void-requested', 'stock.release-requested'],
    ],
    [
      'by the carrier, later',
      [...upTo('SCHEDULED'), { type: 'ReportShipmentCancelled' }],
      'CANCELLED',
      ['order.cancelled', 'payment.void-requested', 'stock.release-requested'],
    ],
    [
      'by the world: a lost parcel gives no units back',
      [...upTo('SHIPPED'), { type: 'ReportLost' }],
      'CANCELLED',
      ['order.cancelled', 'payment.void-requested'],
    ],
    [
      'by the clock of the warehouse, while the order is being placed',
      [...upTo('RESERVED'), { type: 'ReportStockExpired' }],
      'FAILED',
      ['order.failed', 'payment.void-requested', 'stock.release-requested'],
    ],
  ])('%s', (_name, commands, status, messages) => {
    const story = tell(...commands);
    expect(story.order.status).toBe(status);
    const ending = sent(story).findIndex((type) => type === messages[0]);
    expect(sent(story).slice(ending)).toEqual(messages);
    expect(typesOf(story.timeline).at(-1)).toBe(status);
  });

  test('and the saga rests when all of it was given back', () => {
    const story = tell(...upTo('PAID'), { type: 'ReportShipmentRefused', ...refused });
    expect(sagaStatusOf(story.order)).toBe('COMPENSATING');
    const released = tell(
      ...upTo('PAID'),
      { type: 'ReportShipmentRefused', ...refused },
      { type: 'ReportStockReleased' },
    );
    expect(sagaStatusOf(released.order)).toBe('COMPENSATING');
    const back = tell(
      ...upTo('PAID'),
      ...([{ type: 'ReportShipmentRefused', ...refused }, { type: 'ReportStockReleased' }] as const),
      ...([{ type: 'ReportPaymentRefunded', refundedMinor: 3000 }] as const),
    );
    expect([sagaStatusOf(back.order), back.timeline.at(-1)?.type]).toEqual(['COMPENSATED', 'REFUNDED']);
  });

  test('an expired reservation of a placed order is left to the answer to its commit', () => {
    const story = tell(...upTo('PLACED'), { type: 'ReportStockExpired' }, { type: 'ReportStockCommitted' });
    expect(statusOf(story, 'CAPTURE_PAYMENT')).toBe('ASKED');
  });
});

describe('cancelling', () => {
  test.each<[Parameters<typeof upTo>[0], string[]]>([
    ['RESERVED', ['order.cancelled', 'payment.void-requested', 'stock.release-requested']],
    ['PLACED', ['order.cancelled', 'payment.void-requested', 'stock.release-requested']],
    ['COMMITTED', ['order.cancelled', 'payment.void-requested', 'stock.release-requested']],
  ])('after %s is done at once, requests under way included', (point, messages) => {
    const story = tell(...upTo(point), CANCEL);
    expect(story.order.status).toBe('CANCELLED');
    expect(story.timeline.at(-1)).toMatchObject({ type: 'CANCELLED', message: 'Changed my mind.' });
    expect(sent(story).slice(-messages.length)).toEqual(messages);
    expect(tell(...upTo(point), CANCEL, CANCEL).messages).toEqual(story.messages);
    expect(Object.values(steps(story))).toContain('DROPPED');
  });

  test('once a parcel is prepared, shipping is asked first, and can say yes', () => {
    const asked = tell(...upTo('SCHEDULED'), CANCEL, CANCEL);
    expect(asked.order.status).toBe('PAID');
    expect([sent(asked).at(-1), typesOf(asked.timeline).at(-1)]).toEqual([
      'shipment.cancel-requested',
      'CANCEL_REQUESTED',
    ]);
    expect(sagaStatusOf(asked.order)).toBe('COMPENSATING');
    const stopped = tell(...upTo('SCHEDULED'), CANCEL, { type: 'ReportShipmentCancelled' });
    expect(sent(stopped).slice(-3)).toEqual([
      'order.cancelled',
      'payment.void-requested',
      'stock.release-requested',
    ]);
    expect(stopped.timeline.at(-1)).toMatchObject({ type: 'CANCELLED', message: 'Changed my mind.' });
  });

  test.each<[string, OrderCommand]>([
    ['by saying so', { type: 'ReportCancelRefused', reason: 'It has left.' }],
    ['by having sent it', { type: 'ReportShipped' }],
  ])('or no, %s', (_name, report) => {
    const story = tell(...upTo('SCHEDULED'), CANCEL, report);
    expect(typesOf(story.timeline)).toContain('CANCEL_REFUSED');
    expect(statusOf(story, 'CANCEL_SHIPMENT')).toBe('REFUSED');
    const again = tell(...upTo('SCHEDULED'), CANCEL, report, CANCEL);
    expect(again.effect).toMatchObject({ accepted: false });
    expect(tell(...upTo('SCHEDULED'), CANCEL, report, ...upTo('COMPLETE')).order.status).toBe('COMPLETE');
  });

  test('is refused for what is under way, over or failed', () => {
    for (const [commands, status, availableTransitions] of [
      [upTo('SHIPPED'), 'SHIPPED', ['COMPLETE']],
      [upTo('COMPLETE'), 'COMPLETE', []],
      [[{ type: 'ReportStockRefused', variantId: 'v1', requested: 2, available: 0 }], 'FAILED', []],
    ] as const) {
      expect(tell(...commands, CANCEL).effect).toEqual({
        accepted: false,
        refusal: { status, availableTransitions },
      });
    }
  });

  test('gives back no money that was given back by hand', () => {
    const story = tell(...upTo('PAID'), { type: 'ReportPaymentRefunded', refundedMinor: 3000 }, CANCEL, {
      type: 'ReportShipmentCancelled',
    });
    expect(sent(story)).not.toContain('payment.void-requested');
  });
});

describe('returning', () => {
  const RETURN: OrderCommand = { type: 'Return', reason: 'Too small.' };

  test('a delivered order: the parcel comes back, then money and units do; the order stays COMPLETE', () => {
    const back = [RETURN, { type: 'ReportReturnScheduled' }, { type: 'ReportReturned' }] as const;
    const story = tell(...upTo('COMPLETE'), ...back, RETURN);
    expect(typesOf(story.timeline).slice(-3)).toEqual(['RETURN_REQUESTED', 'RETURN_SCHEDULED', 'RETURNED']);
    expect(sent(story).slice(-4)).toEqual([
      'shipment.return-requested',
      'order.returned',
      'payment.void-requested',
      'stock.release-requested',
    ]);
    expect(story.messages.at(-4)?.payload).toEqual({ orderId: 'o1', reason: 'Too small.' });
    expect([story.order.status, sagaStatusOf(story.order)]).toEqual(['COMPLETE', 'RETURNING']);
    const rested = tell(...[...upTo('COMPLETE'), ...back, { type: 'ReportStockReleased' } as const], {
      type: 'ReportPaymentRefunded',
      refundedMinor: 3000,
    });
    expect([rested.order.status, sagaStatusOf(rested.order)]).toEqual(['COMPLETE', 'COMPENSATED']);
  });

  test.each<[string, OrderCommand]>([
    ['is lost', { type: 'ReportLost' }],
    ['counts as lost, says staff', { type: 'Compensate', reason: null }],
  ])('a parcel that %s on its way back is paid for, and nothing is restocked', (_name, command) => {
    for (const way of [[RETURN], [RETURN, { type: 'ReportReturnScheduled' } as const]]) {
      const story = tell(...upTo('COMPLETE'), ...way, command);
      expect(sent(story).at(-1)).toBe('payment.void-requested');
      const paid = tell(...upTo('COMPLETE'), ...way, command, {
        type: 'ReportPaymentRefunded',
        refundedMinor: 3000,
      });
      expect([sagaStatusOf(paid.order), paid.timeline.at(-1)?.type]).toEqual(['COMPENSATED', 'REFUNDED']);
    }
  });

  test('is refused for an order that was not delivered', () => {
    expect(tell(...upTo('SHIPPED'), RETURN).effect).toMatchObject({ accepted: false });
  });
});

describe('by hand', () => {
  const to = (status: 'SHIPPED' | 'COMPLETE' | 'CANCELLED' | 'PAID' | 'PENDING'): OrderCommand => ({
    type: 'Transition',
    to: status,
    message: 'Left at the door.',
  });

  test('staff says that the parcel left or arrived; shipping is told, and its report moves the order', () => {
    const told = tell(...upTo('SCHEDULED'), to('SHIPPED'));
    expect(told.order.status).toBe('PAID');
    expect(told.messages.at(-1)).toEqual({
      type: 'shipment.advance-requested',
      payload: { orderId: 'o1', to: 'SHIPPED' },
    });
    const shipped = tell(...upTo('SCHEDULED'), to('SHIPPED'), { type: 'ReportShipped' }, to('COMPLETE'));
    expect(shipped.timeline.at(-1)).toMatchObject({ type: 'SHIPPED', message: 'Left at the door.' });
    expect(shipped.messages.at(-1)?.payload).toEqual({ orderId: 'o1', to: 'DELIVERED' });
  });

  test('what it is already is a success without a change; nothing is skipped or taken back', () => {
    expect(tell(...upTo('PAID'), to('PAID')).messages).toEqual(tell(...upTo('PAID')).messages);
    for (const [commands, target, availableTransitions] of [
      [upTo('PLACED'), 'PAID', ['CANCELLED']],
      [upTo('PAID'), 'SHIPPED', ['CANCELLED']],
      [upTo('SCHEDULED'), 'COMPLETE', ['SHIPPED', 'CANCELLED']],
      [[...upTo('SCHEDULED'), CANCEL], 'SHIPPED', []],
      [upTo('SHIPPED'), 'PENDING', ['COMPLETE']],
    ] as const) {
      expect(tell(...commands, to(target)).effect).toMatchObject({
        accepted: false,
        refusal: { availableTransitions },
      });
    }
  });

  test('a saga is compensated: a parcel on its way counts as lost, a delivered one does not', () => {
    const COMPENSATE: OrderCommand = { type: 'Compensate', reason: null };
    const lost = tell(...upTo('SHIPPED'), COMPENSATE);
    expect(sent(lost).slice(-2)).toEqual(['order.cancelled', 'payment.void-requested']);
    expect(tell(...upTo('PLACED'), COMPENSATE).order.status).toBe('CANCELLED');
    expect(tell(...upTo('COMPLETE'), COMPENSATE).effect).toMatchObject({ accepted: false });
  });
});

describe('time', () => {
  test('a request without an answer is repeated, at growing intervals, the same each time', () => {
    const seconds = [5, 10, 15, 34, 35, 65, 95];
    const story = tell(...seconds.map((second) => second * SECOND));
    expect(sent(story)).toEqual(Array.from({ length: 6 }, () => 'stock.reserve-requested'));
    expect(new Set(story.messages.map(({ payload }) => JSON.stringify(payload))).size).toBe(1);
    expect(story.order.steps.RESERVE_STOCK).toMatchObject({
      ...{ status: 'ASKED', attempts: 6, lastError: 'There was no answer.' },
      ...{ deadline: after(120 * SECOND), nextRetryAt: after(125 * SECOND) },
    });
    expect(dueAt(story.order)).toEqual(after(120 * SECOND));
  });

  test('what is undecided at its deadline fails; both requests under way are taken back', () => {
    const story = tell(...upTo('RESERVED'), 119_999, 120_000);
    expect(story.order).toMatchObject({ status: 'FAILED', failure: { code: 'TIMED_OUT' } });
    expect(sent(story).slice(-3)).toEqual([
      'order.failed',
      'payment.void-requested',
      'stock.release-requested',
    ]);
  });

  test('a buyer whose bank asks for a confirmation gets more of it', () => {
    const challenged = { type: 'ReportPaymentChallenged' } as const;
    const story = tell(...upTo('RESERVED'), challenged, challenged, 14 * MINUTE);
    expect(story.order.status).toBe('PENDING');
    expect(typesOf(story.timeline)).toEqual(['RECEIVED', 'STOCK_RESERVED', 'PAYMENT_CHALLENGED']);
    expect(tell(...upTo('RESERVED'), challenged, 15 * MINUTE).order.status).toBe('FAILED');
    expect(tell(...upTo('RESERVED'), challenged, 14 * MINUTE, ...upTo('PLACED')).order.status).toBe('PLACED');
  });

  test.each([
    ['PLACED', 30 * MINUTE],
    ['COMMITTED', DAY],
  ] as const)('after %s an order that cannot go on is undone', (point, ms) => {
    const story = tell(...upTo(point), ms);
    expect(story.order.status).toBe('CANCELLED');
    expect(sent(story).slice(-2)).toEqual(['payment.void-requested', 'stock.release-requested']);
  });

  test('a parcel that nobody hears of gets stuck; an answer still counts', () => {
    const stuck = tell(...upTo('PAID'), 3 * DAY);
    expect([stuck.order.status, sagaStatusOf(stuck.order)]).toEqual(['PAID', 'STUCK']);
    expect(stuck.order.steps.SCHEDULE_SHIPMENT).toMatchObject({
      ...{ status: 'STUCK', lastError: 'There was no answer in time.' },
      nextRetryAt: after(3 * DAY + 15 * MINUTE),
    });
    expect(sent(tell(...upTo('PAID'), 3 * DAY, 3 * DAY + 15 * MINUTE)).at(-1)).toBe(
      'shipment.schedule-requested',
    );
    const retried = tell(...upTo('PAID'), 3 * DAY, { type: 'Retry' });
    expect(sagaStatusOf(retried.order)).toBe('RUNNING');
    expect(sent(retried).at(-1)).toBe('shipment.schedule-requested');
    expect(tell(...upTo('PAID'), 3 * DAY, ...upTo('SCHEDULED')).order.steps.SHIP?.status).toBe('ASKED');
    expect(sagaStatusOf(tell(...upTo('SHIPPED'), 21 * DAY).order)).toBe('STUCK');
  });

  test('compensations are asked for until they are done', () => {
    const story = tell(...upTo('PLACED'), CANCEL, 61 * MINUTE, 80 * MINUTE, 100 * MINUTE);
    expect(sagaStatusOf(story.order)).toBe('STUCK');
    expect(sent(story).filter((type) => type === 'payment.void-requested').length).toBeGreaterThan(2);
  });
});
