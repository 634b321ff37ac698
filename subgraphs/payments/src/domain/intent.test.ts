import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyCommand } from './apply-command.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { type Charge, type Goal, type Intent, NO_INTENT } from './intent.js';
import type { IntentCommand } from './intent-command.js';
import type { IntentEvent } from './intent-event.js';
import type { PaymentMessage } from './messages.js';
import { type Refund, capturedMinor, pendingRefund, refundableMinor, refundedMinor } from './refund.js';
import { retryAfterMs } from './retry.js';

const at = '2026-11-28T09:00:00.000Z';
const charge: Charge = {
  amount: { amountMinor: 1999, currency: 'EUR' },
  customerId: 'ada',
  paymentToken: 'tok_approve',
};
const ids = { orderId: 'o1', paymentId: 'p1' };
const decline = { code: 'DECLINED', reason: 'No.' } as const;
const requested: IntentEvent = { type: 'AuthorizationRequested', charge };
const authorized: IntentEvent = { type: 'Authorized', reference: 'r1' };
const captured: readonly IntentEvent[] = [
  requested,
  authorized,
  { type: 'CaptureRequested' },
  { type: 'Captured' },
];
const wish = (id: string, amountMinor: number): Extract<IntentCommand, { type: 'RequestRefund' }> => ({
  type: 'RequestRefund',
  refund: { id, amountMinor, reason: 'Broken.' },
});
const begun = (id: string, amountMinor: number, status: Refund['status'] = 'PENDING'): IntentEvent => ({
  type: 'RefundBegun',
  refund: { ...wish(id, amountMinor).refund, status, refusal: null, createdAt: at },
});

const given = (...events: readonly IntentEvent[]) => after(events.reduce(evolve, NO_INTENT));
const after = (intent: Intent) => ({
  /** The provider is being asked at this moment. */
  begun: () => after({ ...intent, attempts: intent.attempts + 1 }),
  when: (command: IntentCommand) => ({ then: expect(decide(command, intent, at).map(({ type }) => type)) }),
  told: (command: IntentCommand) =>
    expect(
      applyCommand(command, { intent, ids, at }).messages.map(({ type, payload }) => ({ type, payload })),
    ),
  is: expect([intent.status, intent.operation]),
});

describe('a payment', () => {
  test('is authorised, then captured', () => {
    given(requested).is.toEqual(['REQUESTED', 'AUTHORIZE']);
    given(requested).when({ type: 'ReportAuthorized', reference: 'r1' }).then.toEqual(['Authorized']);
    given(requested, authorized).is.toEqual(['AUTHORIZED', null]);
    given(requested, authorized, { type: 'CaptureRequested' }).is.toEqual(['AUTHORIZED', 'CAPTURE']);
    given(requested, authorized, { type: 'CaptureRequested' })
      .when({ type: 'ReportCaptured' })
      .then.toEqual(['Captured']);
  });

  test('that is declined is over', () => {
    const declined = given(requested, { type: 'Declined', decline });
    declined.is.toEqual(['DECLINED', null]);
    for (const type of ['RequestCapture', 'ReportCaptured'] as const)
      declined.when({ type }).then.toEqual([]);
    declined.when({ type: 'ReportHoldGone', reason: '' }).then.toEqual([]);
  });

  test('waits for the shopper, and is looked at until they have answered', () => {
    const challenged = given(requested, { type: 'Challenged', reference: 'r1', url: '/c/1' });
    challenged.is.toEqual(['CHALLENGED', 'LOOK_UP']);
    challenged.when({ type: 'ReportAuthorized', reference: 'r1' }).then.toEqual(['Authorized']);
    challenged.when({ type: 'ReportDeclined', decline }).then.toEqual(['Declined']);
    challenged.when({ type: 'ReportHoldGone', reason: 'Too late.' }).then.toEqual(['Declined']);
    given(requested)
      .told({ type: 'ReportChallenged', reference: 'r1', url: '/c/1' })
      .toEqual([
        {
          type: 'payment.challenge-required',
          payload: { ...ids, ...charge.amount, challengeUrl: '/c/1' },
        },
      ]);
    // A look changes nothing, so it is broken off.
    given(
      requested,
      { type: 'Challenged', reference: 'r1', url: '/c/1' },
      { type: 'UndoRequested' },
    ).is.toEqual(['CHALLENGED', 'VOID']);
  });

  test('whose hold is gone is told of, once for each that asks', () => {
    const gone: IntentCommand = { type: 'ReportHoldGone', reason: 'It ran out.' };
    given(requested, authorized, { type: 'CaptureRequested' })
      .told(gone)
      .toEqual([
        { type: 'payment.capture-refused', payload: { ...ids, ...charge.amount, reason: 'It ran out.' } },
      ]);
    const lapsed = given(requested, authorized, { type: 'CaptureRefused', reason: 'It ran out.' });
    lapsed.is.toEqual(['LAPSED', null]);
    lapsed.when({ type: 'RequestCapture' }).then.toEqual(['CaptureRequested', 'CaptureRefused']);
    lapsed.when({ type: 'RequestUndo' }).then.toEqual(['UndoRequested', 'NothingLeft']);
  });

  test('is undone by what fits: nothing, a void or a refund of the rest', () => {
    given(requested).when({ type: 'RequestUndo' }).then.toEqual(['UndoRequested', 'Voided']);
    given(requested, authorized, { type: 'UndoRequested' }).is.toEqual(['AUTHORIZED', 'VOID']);
    given(...captured)
      .when({ type: 'RequestUndo' })
      .then.toEqual(['UndoRequested', 'RefundBegun']);
    given(requested, { type: 'Declined', decline })
      .when({ type: 'RequestUndo' })
      .then.toEqual(['UndoRequested', 'NothingLeft']);
  });

  test('that was undone before it was asked for is over, and never reaches the provider', () => {
    given().when({ type: 'RequestUndo' }).then.toEqual(['UndoRequested', 'Voided']);
    const undone = given({ type: 'UndoRequested' }, { type: 'Voided' });
    undone.when({ type: 'RequestAuthorization', charge }).then.toEqual(['ChargeNoted']);
    undone.when({ type: 'RequestCapture' }).then.toEqual([]);
    given({ type: 'UndoRequested' }, { type: 'Voided' }, { type: 'ChargeNoted', charge }).is.toEqual([
      'VOIDED',
      null,
    ]);
  });

  test('finishes what was begun before it is undone', () => {
    given(requested).begun().when({ type: 'RequestUndo' }).then.toEqual(['UndoRequested']);
    const capturing = {
      ...[requested, authorized, { type: 'CaptureRequested' } as const].reduce(evolve, NO_INTENT),
      attempts: 1,
    };
    const undoing = evolve(capturing, { type: 'UndoRequested' });
    expect([undoing.operation, undoing.attempts]).toEqual(['CAPTURE', 1]);
    expect(decide({ type: 'ReportCaptured' }, undoing, at).map(({ type }) => type)).toEqual([
      'Captured',
      'RefundBegun',
    ]);
  });

  test('is never made with a card number, which goes nowhere', () => {
    const card = { ...charge, paymentToken: '4242 4242-4242 4242' };
    const [asked, declined] = decide({ type: 'RequestAuthorization', charge: card }, NO_INTENT, at);
    expect(asked).toEqual({ type: 'AuthorizationRequested', charge: { ...charge, paymentToken: '' } });
    expect(declined).toMatchObject({ type: 'Declined', decline: { code: 'INVALID_TOKEN' } });
  });
});

describe('a refund', () => {
  test('may be of a part, several times, and never of more than was taken', () => {
    given(...captured)
      .when(wish('a', 1000))
      .then.toEqual(['RefundBegun']);
    given(...captured, begun('a', 1000)).is.toEqual(['CAPTURED', 'REFUND']);
    given(...captured, begun('a', 1000))
      .when(wish('b', 1000))
      .then.toEqual(['RefundRefused']);
    given(...captured, begun('a', 1000))
      .when(wish('b', 999))
      .then.toEqual(['RefundBegun']);
    given(...captured, begun('a', 1000), { type: 'Refunded', refundId: 'a' }).is.toEqual(['CAPTURED', null]);
    given(...captured, begun('a', 1000), begun('b', 999), { type: 'Refunded', refundId: 'a' })
      .told({ type: 'ReportRefunded', refundId: 'b' })
      .toEqual([
        {
          type: 'payment.refunded',
          payload: { ...ids, currency: 'EUR', amountMinor: 999, refundId: 'b', refundedMinor: 1999 },
        },
      ]);
    given(...captured, begun('a', 1999), { type: 'Refunded', refundId: 'a' }).is.toEqual(['REFUNDED', null]);
  });

  test('is one, however often it is asked for under its id', () => {
    given(...captured, begun('a', 1000))
      .when(wish('a', 1000))
      .then.toEqual([]);
    given(...captured, begun('a', 1000), { type: 'Refunded', refundId: 'a' })
      .when({ type: 'ReportRefunded', refundId: 'a' })
      .then.toEqual([]);
    const refused = decide(wish('b', 5000), captured.reduce(evolve, NO_INTENT), at);
    given(...captured, ...refused)
      .when(wish('b', 5000))
      .then.toEqual([]);
  });

  test('that was refused can be made again by another one', () => {
    const refund = { ...wish('a', 1999).refund, status: 'REFUSED', refusal: 'No.', createdAt: at } as const;
    const events: readonly IntentEvent[] = [...captured, begun('a', 1999), { type: 'RefundRefused', refund }];
    given(...events).is.toEqual(['CAPTURED', null]);
    given(...events)
      .when(wish('b', 1999))
      .then.toEqual(['RefundBegun']);
  });

  test('of the rest, once refused, is made again when somebody wishes to undo the payment again', () => {
    const undoing = [...captured, { type: 'UndoRequested' } as const, begun('rest-1', 1999)];
    given(...undoing)
      .when({ type: 'RequestUndo' })
      .then.toEqual([]);
    given(...undoing)
      .when({ type: 'ReportRefundRefused', refundId: 'rest-1', reason: 'No.' })
      .then.toEqual(['RefundRefused']);
    const refund = {
      ...wish('rest-1', 1999).refund,
      status: 'REFUSED',
      refusal: 'No.',
      createdAt: at,
    } as const;
    given(...undoing, { type: 'RefundRefused', refund })
      .when({ type: 'RequestUndo' })
      .then.toEqual(['UndoRequested', 'RefundBegun']);
  });

  test('of a part that is under way when the payment is undone is followed by the rest', () => {
    given(...captured, begun('a', 1000))
      .when({ type: 'RequestUndo' })
      .then.toEqual(['UndoRequested']);
    const undoing = [...captured, begun('a', 1000), { type: 'UndoRequested' } as const].reduce(
      evolve,
      NO_INTENT,
    );
    const events = decide({ type: 'ReportRefunded', refundId: 'a' }, undoing, at);
    expect(events).toMatchObject([
      { type: 'Refunded' },
      { type: 'RefundBegun', refund: { id: 'rest-1', amountMinor: 999 } },
    ]);
  });

  test.each([
    ['nothing was taken', [requested, authorized]],
    ['all of it is on its way back', [...captured, { type: 'UndoRequested' } as const]],
  ])('is refused while %s', (_when, events) => {
    given(...events)
      .when(wish('a', 1))
      .then.toEqual(events.length === 2 ? ['RefundRefused'] : ['RefundRefused', 'RefundBegun']);
  });
});

const step: fc.Arbitrary<IntentCommand | 'begin'> = fc.oneof(
  fc.constantFrom<IntentCommand | 'begin'>(
    { type: 'RequestAuthorization', charge },
    { type: 'RequestCapture' },
    { type: 'RequestUndo' },
    { type: 'ReportChallenged', reference: 'r1', url: '/c/1' },
    { type: 'ReportAuthorized', reference: 'r1' },
    { type: 'ReportDeclined', decline },
    { type: 'ReportCaptured' },
    { type: 'ReportHoldGone', reason: 'Gone.' },
    'begin',
  ),
  fc
    .record({ id: fc.constantFrom('a', 'b', 'c'), amountMinor: fc.integer({ min: 1, max: 2500 }) })
    .map(({ id, amountMinor }) => wish(id, amountMinor)),
  fc
    .constantFrom('a', 'b', 'rest-1', 'rest-2')
    .chain((refundId) =>
      fc.constantFrom<IntentCommand>(
        { type: 'ReportRefunded', refundId },
        { type: 'ReportRefundRefused', refundId, reason: 'No.' },
      ),
    ),
);
const GOALS: readonly Goal[] = ['AUTHORIZED', 'CAPTURED', 'UNDONE'];
const TOLD_OF_MONEY = ['payment.authorized', 'payment.captured', 'payment.voided', 'payment.capture-refused'];

test('no order of commands and reports breaks it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let intent = NO_INTENT;
      const messages: PaymentMessage[] = [];
      let undoWishes = 0;
      for (const next of steps) {
        if (next === 'begin') {
          if (intent.operation) intent = { ...intent, attempts: intent.attempts + 1 };
          continue;
        }
        const before = intent;
        const effect = applyCommand(next, { intent, ids, at });
        intent = effect.intent;
        messages.push(...effect.messages);
        if (next.type === 'RequestUndo' && before.goal !== 'UNDONE') undoWishes += 1;
        // Twice is once.
        const again = applyCommand(next, { intent, ids, at });
        if (next.type !== 'RequestCapture') expect(again.messages).toEqual([]);
        expect(GOALS.indexOf(intent.goal)).toBeGreaterThanOrEqual(GOALS.indexOf(before.goal));
        expect(refundedMinor(intent)).toBeLessThanOrEqual(capturedMinor(intent));
        expect(refundableMinor(intent)).toBeGreaterThanOrEqual(0);
        expect(capturedMinor(intent)).toBeLessThanOrEqual(intent.charge?.amount.amountMinor ?? 0);
      }
      expect(messages.map(({ version }) => version)).toEqual(messages.map((_, index) => index + 1));
      for (const type of TOLD_OF_MONEY) {
        const most = type === 'payment.capture-refused' ? 2 : 1;
        expect(messages.filter((message) => message.type === type).length).toBeLessThanOrEqual(most);
      }
      // Whatever is wished for last, something is either due or over.
      if (intent.goal === 'UNDONE' && intent.operation === null && !intent.refunds.some(isRefusedRest)) {
        expect(['DECLINED', 'VOIDED', 'REFUNDED', 'LAPSED']).toContain(intent.status);
        const last = messages.at(-1);
        expect(undoWishes).toBe(1);
        // Wishes for a part that come afterwards are refused, which is told, too.
        if (last?.type !== 'payment.refund-refused') {
          expect(['payment.voided', 'payment.refunded']).toContain(last?.type);
        }
      }
      if (pendingRefund(intent)) expect(intent.operation).toBe('REFUND');
    }),
    { numRuns: 1_500 },
  );
});
const isRefusedRest = ({ id, status }: Refund): boolean => id.startsWith('rest-') && status === 'REFUSED';

test('attempts are made further and further apart, for ever', () => {
  const pauses = Array.from({ length: 30 }, (_, index) =>
    retryAfterMs({ operation: 'CAPTURE', attempts: index + 1 }),
  );
  expect(pauses.slice(0, 3)).toEqual([250, 500, 1_000]);
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBe(60_000);
});
