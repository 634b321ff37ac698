import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyCommand } from './apply-command.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { type Charge, type Intent, NO_INTENT } from './intent.js';
import type { IntentCommand } from './intent-command.js';
import type { IntentEvent } from './intent-event.js';
import type { PaymentMessage } from './messages.js';
import { retryAfterMs } from './retry.js';

const charge: Charge = {
  amount: { amountMinor: 1999, currency: 'EUR' },
  customerId: 'ada',
  paymentToken: 'tok_approve',
};
const ids = { orderId: 'o1', paymentId: 'p1' };
const requested: IntentEvent = { type: 'AuthorizationRequested', charge };
const authorized: IntentEvent = { type: 'Authorized', reference: 'r1' };
const given = (...events: IntentEvent[]) => after(events.reduce(evolve, NO_INTENT));
const after = (intent: Intent) => ({
  /** The provider is being asked at this moment. */
  begun: () => after({ ...intent, attempts: intent.attempts + 1 }),
  when: (command: IntentCommand) => ({ then: expect(decide(command, intent).map(({ type }) => type)) }),
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
    const declined = given(requested, { type: 'Declined', reason: 'No.' });
    declined.is.toEqual(['DECLINED', null]);
    for (const type of ['RequestCapture', 'RequestUndo', 'ReportCaptured', 'ReportVoided'] as const) {
      declined.when({ type }).then.toEqual([]);
    }
  });
  test('is undone by what fits: nothing, a void or a refund', () => {
    given(requested).when({ type: 'RequestUndo' }).then.toEqual(['UndoRequested', 'Voided']);
    given(requested, authorized, { type: 'UndoRequested' }).is.toEqual(['AUTHORIZED', 'VOID']);
    given(
      requested,
      authorized,
      { type: 'CaptureRequested' },
      { type: 'Captured' },
      { type: 'UndoRequested' },
    ).is.toEqual(['CAPTURED', 'REFUND']);
  });
  test('that was undone before it was asked for never reaches the provider', () => {
    given({ type: 'UndoRequested' })
      .when({ type: 'RequestAuthorization', charge })
      .then.toEqual(['AuthorizationRequested', 'Voided']);
    given({ type: 'UndoRequested' }, requested, { type: 'Voided' }).is.toEqual(['VOIDED', null]);
  });
  test('finishes what was begun before it is undone', () => {
    given(requested).begun().when({ type: 'RequestUndo' }).then.toEqual(['UndoRequested']);
    const begun = {
      ...[requested, authorized, { type: 'CaptureRequested' } as const].reduce(evolve, NO_INTENT),
      attempts: 1,
    };
    expect(evolve(begun, { type: 'UndoRequested' }).operation).toBe('CAPTURE');
    expect(evolve(evolve(begun, { type: 'UndoRequested' }), { type: 'Captured' }).operation).toBe('REFUND');
  });
});

const step: fc.Arbitrary<IntentCommand | 'begin'> = fc.constantFrom<IntentCommand | 'begin'>(
  { type: 'RequestAuthorization', charge },
  { type: 'RequestCapture' },
  { type: 'RequestUndo' },
  { type: 'ReportAuthorized', reference: 'r1' },
  { type: 'ReportDeclined', reason: 'No.' },
  { type: 'ReportCaptured' },
  { type: 'ReportVoided' },
  { type: 'ReportRefunded' },
  'begin',
);
/** A provider answers only what it is being asked. */
const ANSWERS = {
  AUTHORIZE: ['ReportAuthorized', 'ReportDeclined'],
  CAPTURE: ['ReportCaptured'],
  VOID: ['ReportVoided'],
  REFUND: ['ReportRefunded'],
};

test('no order of commands breaks it: versions grow by one, money is taken only after it was held, and given back once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let intent = NO_INTENT;
      const messages: PaymentMessage[] = [];
      for (const next of steps) {
        if (next === 'begin') {
          if (intent.operation) intent = { ...intent, attempts: intent.attempts + 1 };
          continue;
        }
        const isAnswer = next.type.startsWith('Report');
        if (
          isAnswer &&
          !(intent.operation && intent.attempts > 0 && ANSWERS[intent.operation].includes(next.type))
        )
          continue;
        const effect = applyCommand(next, { intent, ids });
        intent = effect.intent;
        messages.push(...effect.messages);
      }
      expect(messages.map(({ version }) => version)).toEqual(messages.map((_, index) => index + 1));
      expect([
        '',
        'payment.authorized',
        'payment.authorized payment.captured',
        'payment.authorized payment.captured payment.refunded',
        'payment.authorized payment.voided',
        'payment.declined',
        'payment.voided',
      ]).toContain(messages.map(({ type }) => type).join(' '));
      // Whatever is wished for last, something is either due or over.
      if (intent.goal === 'UNDONE' && intent.status !== 'NEW' && intent.operation === null) {
        expect(['DECLINED', 'VOIDED', 'REFUNDED']).toContain(intent.status);
      }
    }),
    { numRuns: 3_000 },
  );
});

test('attempts are made further and further apart, for ever', () => {
  const pauses = Array.from({ length: 30 }, (_, index) => retryAfterMs(index + 1));
  expect(pauses.slice(0, 3)).toEqual([250, 500, 1_000]);
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBe(60_000);
});
