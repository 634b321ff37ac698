import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memoryLedger } from '../../__fixtures__/memory-ledger.js';
import type { ProviderCall } from '../payment-provider.js';
import { answerChallenge } from './challenges.js';
import type { Drill, DrillMode } from './drill.js';
import { CHALLENGE_MS, createSandboxProvider } from './sandbox-provider.js';
import { TEST_TOKENS } from './test-tokens.js';

const amount = { amountMinor: 1999, currency: 'EUR' } as const;
const signal = new AbortController().signal;

function openSandbox() {
  let now = new Date('2026-11-28T09:00:00Z');
  let drill: Drill | undefined;
  const clock = () => now;
  const ledger = memoryLedger(clock);
  const provider = createSandboxProvider({
    ledger,
    clock,
    slowMs: 1,
    patienceMs: 1,
    drills: { current: async () => drill, set: async (next) => void (drill = next) },
  });
  const call = (operation: string, orderId = 'o1'): ProviderCall => ({
    orderId,
    amount,
    signal,
    idempotencyKey: `${orderId}:${operation}`,
  });
  const reference = 'sandbox-o1';
  return {
    ledger,
    pass: (ms: number) => void (now = new Date(now.getTime() + ms)),
    misbehave: (mode: DrillMode | undefined) => void (drill = mode && { mode, until: now }),
    authorize: (paymentToken: string) => provider.authorize({ ...call('authorize'), paymentToken }),
    lookUp: () => provider.lookUp({ ...call('look_up'), reference }),
    capture: () => provider.capture({ ...call('capture'), reference }),
    release: () => provider.void({ ...call('void'), reference }),
    refund: (refundId: string, amountMinor: number) =>
      provider.refund({
        ...call(`refund:${refundId}`),
        amount: { ...amount, amountMinor },
        reference,
        refundId,
        reason: 'Broken.',
      }),
  };
}

const approved = { outcome: 'APPROVED', reference: 'sandbox-o1' };

describe('the sandbox', () => {
  test.each([
    ['tok_decline', 'DECLINED'],
    ['tok_insufficient_funds', 'INSUFFICIENT_FUNDS'],
    ['tok_expired_card', 'EXPIRED_CARD'],
    ['tok_nobody_knows', 'INVALID_TOKEN'],
    ['__proto__', 'INVALID_TOKEN'],
  ])('declines %s with %s, again and again', async (token, code) => {
    const { authorize, ledger } = openSandbox();
    for (const _ of [1, 2]) {
      expect(await authorize(token)).toMatchObject({ outcome: 'DECLINED', decline: { code } });
    }
    expect(ledger.entries).toHaveLength(1);
  });

  test.each(['tok_approve', 'tok_slow', 'tok_capture_fails', 'tok_refund_fails'])(
    'approves %s',
    async (token) => {
      expect(await openSandbox().authorize(token)).toEqual(approved);
    },
  );

  test('loses the first answer to tok_timeout: asked again, it has approved, once', async () => {
    const { authorize, ledger } = openSandbox();
    await expect(authorize('tok_timeout')).rejects.toThrow('did not answer in time');
    expect(ledger.entries.map(({ outcome }) => outcome)).toEqual(['DONE']);
    expect(await authorize('tok_timeout')).toEqual(approved);
    expect(ledger.entries).toHaveLength(1);
  });

  test('fails twice for tok_error, with nothing in its books, then approves', async () => {
    const { authorize, ledger } = openSandbox();
    for (const _ of [1, 2]) await expect(authorize('tok_error')).rejects.toThrow('fails');
    expect(ledger.entries).toEqual([]);
    expect(await authorize('tok_error')).toEqual(approved);
  });

  test('captures once, gives back in parts, and never more than it took', async () => {
    const { authorize, capture, refund, release, ledger } = openSandbox();
    await authorize('tok_approve');
    expect(await refund('early', 1)).toMatchObject({ outcome: 'REFUSED' });
    for (const _ of [1, 2]) expect(await capture()).toEqual({ outcome: 'CAPTURED' });
    expect(await refund('a', 1000)).toEqual({ outcome: 'REFUNDED' });
    expect(await refund('a', 1000)).toEqual({ outcome: 'REFUNDED' });
    expect(await refund('b', 1000)).toMatchObject({ outcome: 'REFUSED' });
    expect(await refund('c', 999)).toEqual({ outcome: 'REFUNDED' });
    // What was taken cannot be let go.
    expect(await release()).toEqual({ outcome: 'CAPTURED' });
    const done = ledger.entries.filter(({ outcome }) => outcome === 'DONE');
    expect(done.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['AUTHORIZE', 1999],
      ['CAPTURE', 1999],
      ['REFUND', 1000],
      ['REFUND', 999],
    ]);
  });

  test('takes nothing that was let go, and lets the hold of tok_capture_fails go by itself', async () => {
    const one = openSandbox();
    await one.authorize('tok_approve');
    expect(await one.release()).toEqual({ outcome: 'RELEASED' });
    expect(await one.capture()).toMatchObject({ outcome: 'REFUSED' });
    expect(await one.lookUp()).toMatchObject({ outcome: 'GONE' });
    const other = openSandbox();
    await other.authorize('tok_capture_fails');
    expect(await other.capture()).toMatchObject({ outcome: 'REFUSED' });
    expect(await other.release()).toEqual({ outcome: 'RELEASED' });
  });

  test('does not give the money of tok_refund_fails back at the first time of asking', async () => {
    const { authorize, capture, refund } = openSandbox();
    await authorize('tok_refund_fails');
    await capture();
    for (const _ of [1, 2]) expect(await refund('a', 1)).toMatchObject({ outcome: 'REFUSED' });
    expect(await refund('b', 1)).toEqual({ outcome: 'REFUNDED' });
  });
});

describe('a challenge', () => {
  const challenge = async () => {
    const sandbox = openSandbox();
    const answer = await sandbox.authorize('tok_challenge');
    if (answer.outcome !== 'CHALLENGED') throw new Error('tok_challenge is challenged');
    const id = answer.url.replace('/payments/challenge/', '');
    return { ...sandbox, id, answer: (approve: boolean) => answerChallenge(sandbox.ledger, id, approve) };
  };

  test('is open until it is confirmed; the first answer counts', async () => {
    const { id, answer, lookUp } = await challenge();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await lookUp()).toMatchObject({ outcome: 'CHALLENGED' });
    expect(await answer(true)).toEqual({ kind: 'taken', orderId: 'o1', reference: 'sandbox-o1' });
    expect(await answer(true)).toMatchObject({ kind: 'taken' });
    expect(await answer(false)).toEqual({ kind: 'over' });
    expect(await lookUp()).toEqual(approved);
  });

  test('that is refused, or not answered in time, declines the payment', async () => {
    const refused = await challenge();
    await refused.answer(false);
    const late = await challenge();
    late.pass(CHALLENGE_MS);
    for (const { lookUp } of [refused, late]) {
      expect(await lookUp()).toMatchObject({ outcome: 'DECLINED', decline: { code: 'CHALLENGE_FAILED' } });
    }
    expect(await late.answer(true)).toEqual({ kind: 'over' });
  });

  test('of a payment that was let go cannot be confirmed any more', async () => {
    const { answer, release, lookUp } = await challenge();
    expect(await release()).toEqual({ outcome: 'RELEASED' });
    expect(await answer(true)).toEqual({ kind: 'over' });
    expect((await lookUp()).outcome).not.toBe('APPROVED');
  });

  test('that nobody set cannot be answered', async () => {
    expect(await answerChallenge(openSandbox().ledger, 'none', true)).toEqual({ kind: 'unknown' });
  });
});

describe('a drill', () => {
  test('TIMEOUT loses answers of what was done, ERROR does nothing, SLOW only takes its time', async () => {
    const { authorize, capture, misbehave, ledger } = openSandbox();
    misbehave('ERROR');
    await expect(authorize('tok_approve')).rejects.toThrow('drill');
    expect(ledger.entries).toEqual([]);
    misbehave('TIMEOUT');
    for (const _ of [1, 2]) await expect(authorize('tok_approve')).rejects.toThrow('did not answer');
    expect(ledger.entries).toHaveLength(1);
    misbehave('SLOW');
    expect(await authorize('tok_approve')).toEqual(approved);
    misbehave(undefined);
    expect(await capture()).toEqual({ outcome: 'CAPTURED' });
  });
});

test.each(['../../../README.md', '../../schema.graphql'])(
  '%s tells of every token, in the same words',
  (file) => {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    for (const { token, meaning } of TEST_TOKENS) {
      const row = text.split('\n').find((line) => line.includes(`| \`${token}\``));
      expect(row?.replace(/ +/g, ' ')).toContain(`| ${meaning} |`);
    }
  },
);
