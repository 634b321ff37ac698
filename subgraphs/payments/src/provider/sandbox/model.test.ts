import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryLedger } from '../../__fixtures__/memory-ledger.js';
import { applyCommand } from '../../domain/apply-command.js';
import { type Intent, NO_INTENT, isOver } from '../../domain/intent.js';
import type { IntentCommand } from '../../domain/intent-command.js';
import { capturedMinor, refundedMinor } from '../../domain/refund.js';
import { perform } from '../perform.js';
import { answerChallenge } from './challenges.js';
import type { Movement } from './movement.js';
import { createSandboxProvider } from './sandbox-provider.js';
import { TEST_TOKENS } from './test-tokens.js';

const AMOUNT = 1000;
const ids = { orderId: 'o1', paymentId: 'p1' };
const clock = () => new Date('2026-11-28T09:00:00Z');
const { signal } = new AbortController();

/** What can happen to a payment, in any order and as often as it likes. */
type Step =
  | { readonly type: 'wish'; readonly command: IntentCommand }
  /** The provider is asked; its answer may be lost, as when the process dies. */
  | { readonly type: 'call'; readonly isLost: boolean }
  /** An answer from before comes again. */
  | { readonly type: 'echo'; readonly index: number }
  | { readonly type: 'shopper'; readonly approves: boolean };

const wish = fc.oneof(
  fc.constantFrom<IntentCommand>({ type: 'RequestCapture' }, { type: 'RequestUndo' }),
  fc
    .record({ id: fc.constantFrom('a', 'b', 'c'), amountMinor: fc.integer({ min: 1, max: 1200 }) })
    .map(({ id, amountMinor }): IntentCommand => ({
      type: 'RequestRefund',
      refund: { id, amountMinor, reason: '' },
    })),
);
const stepsFor = (token: string) => {
  const charge = {
    amount: { amountMinor: AMOUNT, currency: 'EUR' },
    customerId: null,
    paymentToken: token,
  } as const;
  const request = fc.constant<IntentCommand>({ type: 'RequestAuthorization', charge });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 3, arbitrary: fc.oneof(request, wish).map((command) => ({ type: 'wish', command }) as const) },
    { weight: 4, arbitrary: fc.boolean().map((isLost) => ({ type: 'call', isLost }) as const) },
    { weight: 1, arbitrary: fc.nat(20).map((index) => ({ type: 'echo', index }) as const) },
    { weight: 1, arbitrary: fc.boolean().map((approves) => ({ type: 'shopper', approves }) as const) },
  );
  return fc.array(step, { maxLength: 30 });
};

const total = (entries: readonly Movement[], kind: Movement['kind']): number =>
  entries
    .filter((entry) => entry.kind === kind && entry.outcome === 'DONE')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

test.each(TEST_TOKENS.map(({ token }) => token))(
  'whatever is lost, repeated or late, our books and those of the sandbox agree in the end: %s',
  async (token) => {
    await fc.assert(
      fc.asyncProperty(stepsFor(token), async (steps) => {
        const ledger = memoryLedger(clock);
        const provider = createSandboxProvider({ ledger, clock, slowMs: 0, patienceMs: 0 });
        const answers: IntentCommand[] = [];
        let intent: Intent = NO_INTENT;
        const apply = (command: IntentCommand): void => {
          intent = applyCommand(command, { intent, ids, at: clock().toISOString() }).intent;
        };
        const call = async (isLost: boolean): Promise<void> => {
          if (!intent.operation) return;
          intent = { ...intent, attempts: intent.attempts + 1 };
          const answer = await perform(provider, { orderId: 'o1', intent }, signal).catch(() => undefined);
          if (!answer) return;
          answers.push(answer);
          if (!isLost) apply(answer);
        };
        const shopper = async (approves: boolean): Promise<void> => {
          const challengeId = ledger.entries.find((entry) => entry.challengeId)?.challengeId;
          if (challengeId) await answerChallenge(ledger, challengeId, approves);
        };
        for (const step of steps) {
          if (step.type === 'wish') apply(step.command);
          if (step.type === 'call') await call(step.isLost);
          if (step.type === 'shopper') await shopper(step.approves);
          const echo = step.type === 'echo' ? answers[step.index] : undefined;
          if (echo) apply(echo);
          expect(total(ledger.entries, 'CAPTURE')).toBeLessThanOrEqual(AMOUNT);
          expect(total(ledger.entries, 'REFUND')).toBeLessThanOrEqual(total(ledger.entries, 'CAPTURE'));
        }
        // Then everything works, and it comes to rest.
        for (let calls = 0; calls < 30 && intent.operation; calls += 1) {
          await call(false);
          await shopper(true);
        }
        expect(intent.operation).toBeNull();
        expect(capturedMinor(intent)).toBe(total(ledger.entries, 'CAPTURE'));
        expect(refundedMinor(intent)).toBe(total(ledger.entries, 'REFUND'));
        if (intent.goal === 'UNDONE' && intent.refunds.at(-1)?.status !== 'REFUSED') {
          expect(isOver(intent)).toBe(true);
          expect(total(ledger.entries, 'CAPTURE')).toBe(total(ledger.entries, 'REFUND'));
        }
      }),
      { numRuns: 200 },
    );
  },
);
