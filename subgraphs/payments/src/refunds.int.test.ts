import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '@souk/kit/auth';
import { type PaymentsUnderTest, eventually, startPayments } from './__fixtures__/payments-under-test.js';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(async () => {
  // Nothing that was done here leaves the sandbox's books and ours apart.
  expect(await payments.audit('disagreements')).toEqual([]);
  await payments.stop();
});

const until = (orderId: string, type: string, count = 1) =>
  eventually(
    () => payments.toldOf(orderId).filter((event) => event.type === `payment.${type}`),
    (events) => events.length >= count,
  );
const pay = async (orderId: string, paymentToken = 'tok_approve'): Promise<void> => {
  payments.authorize(orderId, { paymentToken });
  payments.command('payment.capture-requested', { orderId });
  await until(orderId, 'captured');
};
const paymentOf = async (orderId: string) => (await payments.payments([orderId]))[0];

const REFUND = `mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) {
  payment { status refundedAmount { amountMinor } } refund { id status amount { amountMinor currency } reason }
  errors { __typename code path message ... on RefundExceedsCapturedError { refundable { amountMinor currency } } } } }`;
interface RefundAnswer {
  readonly refundPayment: {
    readonly payment: { readonly status: string } | null;
    readonly refund: { readonly id: string; readonly status: string } | null;
    readonly errors: readonly Record<string, unknown>[];
  };
}
let keys = 0;
const refund = async (input: Record<string, unknown>, viewer?: Viewer) => {
  const given = { reason: 'Broken.', idempotencyKey: `key-${(keys += 1)}`, ...input };
  return (await payments.ask<RefundAnswer>(REFUND, { input: given }, viewer)).refundPayment;
};

describe('staff gives back', () => {
  test('parts, each told of with the total so far, until nothing is left', async () => {
    await pay('o1');
    const first = await refund({ orderId: 'o1', amountMinor: 500 });
    expect(first).toMatchObject({
      errors: [],
      payment: { status: 'CAPTURED' },
      refund: { amount: { amountMinor: 500, currency: 'EUR' }, reason: 'Broken.' },
    });
    await until('o1', 'refunded');
    expect(await refund({ orderId: 'o1', amountMinor: 1499 })).toMatchObject({ errors: [] });
    const told = await until('o1', 'refunded', 2);
    expect(told.map(({ payload }) => payload)).toMatchObject([
      { refundId: first.refund?.id, amountMinor: 500, refundedMinor: 500, currency: 'EUR' },
      { amountMinor: 1499, refundedMinor: 1999 },
    ]);
    expect(await paymentOf('o1')).toMatchObject({
      status: 'REFUNDED',
      capturedAmount: { amountMinor: 1999 },
      refundedAmount: { amountMinor: 1999 },
      refunds: [{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }],
    });
    // The order is undone afterwards: there is nothing left, and that is an answer, too.
    payments.command('payment.void-requested', { orderId: 'o1' });
    await until('o1', 'voided');
    expect((await payments.audit('provider_balances', 'o1'))[0]).toMatchObject({
      captured_minor: 1999,
      refunded_minor: 1999,
      captures: 1,
    });
  });

  test('no more than is left, however many ask at once', async () => {
    await pay('race');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => refund({ orderId: 'race', amountMinor: 600 })),
    );
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(3);
    expect(answers.find(({ errors }) => errors.length > 0)?.errors).toMatchObject([
      {
        __typename: 'RefundExceedsCapturedError',
        code: 'REFUND_EXCEEDS_CAPTURED',
        path: ['amountMinor'],
        refundable: { amountMinor: 199, currency: 'EUR' },
      },
    ]);
    await until('race', 'refunded', 3);
    expect((await payments.audit('provider_balances', 'race'))[0]).toMatchObject({ refunded_minor: 1800 });
  });

  test('once for each key, whoever comes when; a refusal is remembered, too', async () => {
    await pay('twice');
    const input = { orderId: 'twice', amountMinor: 700, idempotencyKey: 'the-same' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(input)));
    expect(new Set(answers.map((answer) => answer.refund?.id)).size).toBe(1);
    expect((await refund({ ...input, amountMinor: 701 })).errors).toMatchObject([
      { __typename: 'PaymentIdempotencyConflictError', code: 'IDEMPOTENCY_CONFLICT' },
    ]);
    const refused = { orderId: 'twice', amountMinor: 5000, idempotencyKey: 'too-much' };
    const before = await refund(refused);
    await until('twice', 'refunded');
    expect(await refund(refused)).toEqual(before);
    expect((await payments.audit('provider_balances', 'twice'))[0]).toMatchObject({ refunded_minor: 700 });
  });

  test.each([
    [{ orderId: 'nobody', amountMinor: 1 }, 'NOT_FOUND', ['orderId']],
    [{ orderId: 'held', amountMinor: 0 }, 'INVALID_INPUT', ['amountMinor']],
    [{ orderId: 'held', amountMinor: 1, reason: ' ' }, 'INVALID_INPUT', ['reason']],
    [{ orderId: 'held', amountMinor: 1, idempotencyKey: '' }, 'INVALID_INPUT', ['idempotencyKey']],
    [{ orderId: 'held', amountMinor: 1 }, 'NOT_REFUNDABLE', ['orderId']],
  ])('nothing for %j: %s', async (input, code, path) => {
    payments.authorize('held');
    await until('held', 'authorized');
    expect(await refund(input)).toMatchObject({ payment: null, refund: null, errors: [{ code, path }] });
  });

  test('and nobody else does', async () => {
    await pay('kept');
    const customer: Viewer = { kind: 'user', userId: 'ada', roles: ['CUSTOMER'] };
    for (const viewer of [customer, ANONYMOUS]) {
      await expect(refund({ orderId: 'kept', amountMinor: 1 }, viewer)).rejects.toThrow(
        /FORBIDDEN|UNAUTHENTICATED/,
      );
      await expect(payments.ask('{ payment(orderId: "kept") { id } }', {}, viewer)).rejects.toThrow();
    }
    expect(await payments.ask('{ payment(orderId: "kept") { status refunds { id } } }')).toEqual({
      payment: { status: 'CAPTURED', refunds: [] },
    });
  });
});

describe('orders has', () => {
  test('a part given back, once for each id, and refused what is too much', async () => {
    await pay('part');
    const wish = { orderId: 'part', refundId: 'r1', amountMinor: 1500, reason: 'Returned.' };
    payments.command('payment.refund-requested', wish, 3);
    await until('part', 'refunded');
    payments.command('payment.refund-requested', wish);
    payments.command('payment.refund-requested', { ...wish, refundId: 'r2', amountMinor: 500 });
    const [refused] = await until('part', 'refund-refused');
    expect(refused?.payload).toMatchObject({ orderId: 'part', refundId: 'r2' });
    expect(await paymentOf('part')).toMatchObject({
      status: 'CAPTURED',
      refundedAmount: { amountMinor: 1500 },
      refunds: [
        { id: 'r1', status: 'SUCCEEDED', reason: 'Returned.' },
        { id: 'r2', status: 'REFUSED' },
      ],
    });
    payments.command('payment.void-requested', { orderId: 'part' });
    const told = await until('part', 'refunded', 2);
    expect(told.at(-1)?.payload).toMatchObject({ amountMinor: 499, refundedMinor: 1999 });
  });

  test('the refusal of a refund told, and the refund made again when it asks again', async () => {
    await pay('stuck', 'tok_refund_fails');
    payments.command('payment.void-requested', { orderId: 'stuck' });
    await until('stuck', 'refund-refused');
    expect(await paymentOf('stuck')).toMatchObject({
      status: 'CAPTURED',
      refundedAmount: { amountMinor: 0 },
    });
    payments.command('payment.void-requested', { orderId: 'stuck' });
    await until('stuck', 'refunded');
    expect(await paymentOf('stuck')).toMatchObject({
      status: 'REFUNDED',
      refunds: [{ id: 'rest-2', status: 'SUCCEEDED' }],
    });
  });

  test('a capture refused for good when the hold is gone, and nothing to undo then', async () => {
    payments.authorize('lapsed', { paymentToken: 'tok_capture_fails' });
    payments.command('payment.capture-requested', { orderId: 'lapsed' });
    const [refused] = await until('lapsed', 'capture-refused');
    expect(refused?.payload).toMatchObject({ orderId: 'lapsed', reason: expect.any(String) as unknown });
    expect(await paymentOf('lapsed')).toMatchObject({ status: 'LAPSED', capturedAmount: { amountMinor: 0 } });
    payments.command('payment.void-requested', { orderId: 'lapsed' }, 2);
    await until('lapsed', 'voided');
  });
});
