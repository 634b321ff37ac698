import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '@souk/kit/auth';
import {
  type PaymentsUnderTest,
  STAFF,
  eventually,
  readerProofOf,
  startPayments,
} from './__fixtures__/payments-under-test.js';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());

const toldTypes = (orderId: string) =>
  payments.toldOf(orderId).map(({ type }) => type.replace('payment.', ''));
const untilTold = (orderId: string, type: string) =>
  eventually(
    () => toldTypes(orderId),
    (types) => types.at(-1) === type,
  );
const statusOf = async (orderId: string) => (await payments.payments([orderId]))[0]?.status;

describe('a payment is', () => {
  test('authorised, captured, and refunded when it is undone', async () => {
    payments.authorize('o1');
    await untilTold('o1', 'authorized');
    const [event] = payments.toldOf('o1');
    expect(event?.payload).toEqual({
      orderId: 'o1',
      paymentId: expect.any(String) as unknown,
      amountMinor: 1999,
      currency: 'EUR',
    });
    expect(await payments.payments(['o1'])).toEqual([
      {
        id: (event?.payload as { paymentId: string }).paymentId,
        status: 'AUTHORIZED',
        amount: { amountMinor: 1999, currency: 'EUR' },
        capturedAmount: { amountMinor: 0 },
        refundedAmount: { amountMinor: 0 },
        declineReason: null,
        challenge: null,
        refunds: [],
      },
    ]);
    payments.command('payment.capture-requested', { orderId: 'o1' });
    await untilTold('o1', 'captured');
    expect(await statusOf('o1')).toBe('CAPTURED');
    payments.command('payment.void-requested', { orderId: 'o1' });
    expect(await untilTold('o1', 'refunded')).toEqual(['authorized', 'captured', 'refunded']);
    expect(await statusOf('o1')).toBe('REFUNDED');
    expect(payments.toldOf('o1').map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  test('declined with the reason, also for a token that the sandbox does not know', async () => {
    payments.authorize('declined', { paymentToken: 'tok_decline' });
    payments.authorize('unknown', { paymentToken: 'tok_nobody_knows' });
    await untilTold('declined', 'declined');
    await untilTold('unknown', 'declined');
    const answers = await payments.payments(['declined', 'unknown']);
    expect(answers.map((payment) => [payment?.status, payment?.declineReason])).toEqual([
      ['DECLINED', 'The card was declined.'],
      ['DECLINED', expect.stringContaining('The sandbox does not know this token.')],
    ]);
    expect(payments.toldOf('declined')[0]?.payload).toMatchObject({
      code: 'DECLINED',
      reason: 'The card was declined.',
    });
    expect(payments.toldOf('unknown')[0]?.payload).toMatchObject({ code: 'INVALID_TOKEN' });
  });

  test('refused at once for a card number, which is written down nowhere and told nobody', async () => {
    const card = '4242 4242 4242 4242';
    payments.authorize('card', { paymentToken: card });
    await untilTold('card', 'declined');
    expect(payments.toldOf('card')[0]?.payload).toMatchObject({ code: 'INVALID_TOKEN' });
    for (const table of ['intents', 'sandbox.movements', 'events.outbox']) {
      // The whole number: every two thousandth random id has four such digits.
      const { rows } = await payments.pool.query(
        `SELECT t::text FROM ${table} t WHERE replace(t::text, ' ', '') LIKE '%4242424242424242%'`,
      );
      expect(rows).toEqual([]);
    }
    const { rows } = await payments.pool.query('SELECT 1 FROM sandbox.movements WHERE order_id = $1', [
      'card',
    ]);
    expect(rows).toEqual([]);
  });

  test('voided when it is undone before it is captured, and never captured afterwards', async () => {
    payments.authorize('off');
    await untilTold('off', 'authorized');
    payments.command('payment.void-requested', { orderId: 'off' });
    payments.command('payment.capture-requested', { orderId: 'off' });
    await untilTold('off', 'voided');
    expect(await statusOf('off')).toBe('VOIDED');
    expect(toldTypes('off')).toEqual(['authorized', 'voided']);
  });

  test('refused when the wish to undo it came first', async () => {
    payments.command('payment.void-requested', { orderId: 'early' });
    await untilTold('early', 'voided');
    payments.authorize('early');
    expect(await eventually(() => statusOf('early'), Boolean)).toBe('VOIDED');
    expect(toldTypes('early')).toEqual(['voided']);
  });

  test('captured when the wish to capture came first', async () => {
    payments.command('payment.capture-requested', { orderId: 'eager' });
    payments.authorize('eager');
    expect(await untilTold('eager', 'captured')).toEqual(['authorized', 'captured']);
  });

  test('made once, however often a command comes', async () => {
    const command = {
      orderId: 'again',
      amountMinor: 500,
      currency: 'EUR',
      paymentToken: 'tok_approve',
      customerId: null,
    };
    payments.command('payment.authorize-requested', command, 3);
    await untilTold('again', 'authorized');
    payments.command('payment.authorize-requested', { ...command, amountMinor: 900 });
    payments.command('payment.capture-requested', { orderId: 'again' }, 2);
    payments.command('payment.capture-requested', { orderId: 'again' });
    await untilTold('again', 'captured');
    expect(toldTypes('again')).toEqual(['authorized', 'captured']);
    expect((await payments.payments(['again']))[0]?.amount.amountMinor).toBe(500);
  });
});

test('a command that cannot be read harms no other', async () => {
  payments.command('payment.authorize-requested', { orderId: 'broken', amountMinor: -1 });
  payments.authorize('sound');
  await untilTold('sound', 'authorized');
  expect(toldTypes('broken')).toEqual([]);
});

test('two hundred orders at once are all decided, once each', async () => {
  const ids = Array.from({ length: 200 }, (_, index) => `burst-${index}`);
  ids.forEach((id, index) => payments.authorize(id, index % 2 ? { paymentToken: 'tok_decline' } : {}));
  await eventually(
    () => ids.flatMap(toldTypes).length,
    (count) => count >= 200,
  );
  expect(ids.map(toldTypes)).toEqual(ids.map((_, index) => [index % 2 ? 'declined' : 'authorized']));
});

test('the account that pays, staff, and whoever may read the order see a payment, nobody else does', async () => {
  payments.authorize('adas');
  payments.authorize('guests', { customerId: null });
  await untilTold('adas', 'authorized');
  await untilTold('guests', 'authorized');
  const seenBy = async (...as: [viewer: Viewer, proof?: (orderId: string) => string | null]) =>
    (await payments.payments(['adas', 'guests', 'none'], ...as)).map((payment) => payment?.status ?? null);
  expect(await seenBy(STAFF)).toEqual(['AUTHORIZED', 'AUTHORIZED', null]);
  expect(await seenBy({ kind: 'service', service: 'orders' })).toEqual(['AUTHORIZED', 'AUTHORIZED', null]);
  expect(await seenBy({ kind: 'user', userId: 'ada', roles: ['CUSTOMER'] })).toEqual([
    'AUTHORIZED',
    null,
    null,
  ]);
  expect(await seenBy({ kind: 'user', userId: 'eve', roles: ['CUSTOMER'] })).toEqual([null, null, null]);
  expect(await seenBy(ANONYMOUS)).toEqual([null, null, null]);
  const ofGuests = (orderId: string) => (orderId === 'guests' ? readerProofOf(orderId) : null);
  expect(await seenBy(ANONYMOUS, ofGuests)).toEqual([null, 'AUTHORIZED', null]);
  // The proof of one order is good for no other.
  expect(await seenBy(ANONYMOUS, () => readerProofOf('adas'))).toEqual(['AUTHORIZED', null, null]);
});
