import { ANONYMOUS, type Viewer } from '@souk/kit/auth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PaymentsUnderTest, eventually, startPayments } from './__fixtures__/payments-under-test.js';
import { serveRoutes } from './__fixtures__/serve-routes.js';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments({ paymentProvider: { kind: 'sandbox', drills: true } });
});
afterAll(async () => {
  expect(await payments.audit('disagreements')).toEqual([]);
  await payments.stop();
});

const toldTypes = (orderId: string) =>
  payments.toldOf(orderId).map(({ type }) => type.replace('payment.', ''));
const untilTold = (orderId: string, type: string) =>
  eventually(
    () => toldTypes(orderId),
    (types) => types.includes(type),
  );
const paymentOf = async (orderId: string) => (await payments.payments([orderId]))[0];

test.each(['tok_timeout', 'tok_error'])('%s is approved in the end, once', async (paymentToken) => {
  payments.authorize(paymentToken, { paymentToken });
  await untilTold(paymentToken, 'authorized');
  expect(toldTypes(paymentToken)).toEqual(['authorized']);
  expect(await payments.audit('provider_movements', paymentToken)).toMatchObject([
    { kind: 'AUTHORIZE', amount_minor: 1999, key: `${paymentToken}:authorize` },
  ]);
});

describe('a challenge', () => {
  const COMPLETE = `mutation ($input: CompletePaymentChallengeInput!) { completePaymentChallenge(input: $input) {
    order { id } errors { code path } } }`;
  const complete = (challengeId: string, approve: boolean) =>
    payments.ask(COMPLETE, { input: { challengeId, approve } }, ANONYMOUS);
  const challenged = async (orderId: string) => {
    payments.authorize(orderId, { paymentToken: 'tok_challenge' });
    await untilTold(orderId, 'challenge-required');
    const payment = await paymentOf(orderId);
    expect(payment).toMatchObject({ status: 'CHALLENGED' });
    return payment?.challenge ?? { id: '', url: '' };
  };

  test('is told of with its page, and confirmed by whoever knows it', async () => {
    const { id, url } = await challenged('confirmed');
    expect(payments.toldOf('confirmed')[0]?.payload).toMatchObject({ challengeUrl: url });
    expect(url).toBe(`/payments/challenge/${id}`);
    expect(await complete(id, true)).toEqual({
      completePaymentChallenge: { order: { id: 'confirmed' }, errors: [] },
    });
    await untilTold('confirmed', 'authorized');
    expect(await paymentOf('confirmed')).toMatchObject({ status: 'AUTHORIZED', challenge: null });
    expect(await complete(id, false)).toMatchObject({
      completePaymentChallenge: { order: null, errors: [{ code: 'CHALLENGE_OVER' }] },
    });
  });

  test('that is refused declines the payment', async () => {
    await complete((await challenged('refused')).id, false);
    await untilTold('refused', 'declined');
    expect(payments.toldOf('refused').at(-1)?.payload).toMatchObject({ code: 'CHALLENGE_FAILED' });
  });

  test('that was answered while the process died is found by a look', async () => {
    const { id } = await challenged('looked');
    const [hold] = (
      await payments.pool.query<{ order_id: string }>(
        'SELECT order_id FROM sandbox.movements WHERE challenge_id = $1',
        [id],
      )
    ).rows;
    await payments.pool.query(
      `INSERT INTO sandbox.movements (key, order_id, kind, outcome, amount_minor, currency, at)
       VALUES ('looked:challenge', $1, 'CHALLENGE', 'DONE', 1999, 'EUR', now())`,
      [hold?.order_id],
    );
    await untilTold('looked', 'authorized');
  });

  test('is over when the order is undone', async () => {
    const { id } = await challenged('undone');
    payments.command('payment.void-requested', { orderId: 'undone' });
    await untilTold('undone', 'voided');
    expect(await complete(id, true)).toMatchObject({
      completePaymentChallenge: { errors: [{ code: 'CHALLENGE_OVER' }] },
    });
    expect(await complete('none', true)).toMatchObject({
      completePaymentChallenge: { errors: [{ code: 'NOT_FOUND', path: ['challengeId'] }] },
    });
  });

  test('has a page with two buttons and no script', async () => {
    const { url } = await challenged('page');
    const served = await serveRoutes(() => payments.app.routes);
    const question = await fetch(`${served.url}${url}`);
    expect(question.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await question.text()).toContain('€19.99');
    const press = (path: string, approve: string) =>
      fetch(`${served.url}${path}`, { method: 'POST', body: new URLSearchParams({ approve }) });
    expect((await press(url, 'true')).status).toBe(200);
    await untilTold('page', 'authorized');
    expect((await press(url, 'false')).status).toBe(409);
    expect((await press('/payments/challenge/none', 'true')).status).toBe(404);
    expect((await fetch(`${served.url}/payments/challenge/none`)).status).toBe(404);
    expect((await fetch(`${served.url}${url}`, { method: 'PUT' })).status).toBe(405);
    // The sandbox sends no webhooks, so nobody can.
    expect((await fetch(`${served.url}/webhooks/payments`, { method: 'POST' })).status).toBe(404);
    await served.stop();
  });
});

describe('a drill', () => {
  const SET = `mutation ($input: SetPaymentDrillInput!) { setPaymentDrill(input: $input) {
    drill { mode until } errors { code path } } }`;
  const set = (input: Record<string, unknown>, viewer?: Viewer) =>
    payments.ask<{ setPaymentDrill: { drill: unknown; errors: unknown[] } }>(SET, { input }, viewer);

  test('makes the sandbox fail until it is ended, and payments recover', async () => {
    expect(await set({ mode: 'ERROR', seconds: 600 })).toMatchObject({
      setPaymentDrill: { drill: { mode: 'ERROR' }, errors: [] },
    });
    expect(await payments.ask('{ paymentDrill { mode } arePaymentDrillsAllowed }')).toEqual({
      paymentDrill: { mode: 'ERROR' },
      arePaymentDrillsAllowed: true,
    });
    payments.authorize('drilled');
    await eventually(
      () => payments.pool.query('SELECT attempts FROM intents WHERE order_id = $1', ['drilled']),
      ({ rows }) => ((rows[0] as { attempts: number } | undefined)?.attempts ?? 0) >= 2,
    );
    expect(await set({ mode: null })).toEqual({ setPaymentDrill: { drill: null, errors: [] } });
    await untilTold('drilled', 'authorized');
    expect(await payments.ask('{ paymentDrill { mode } }')).toEqual({ paymentDrill: null });
  });

  test('is for staff, and for at most ten minutes', async () => {
    await expect(set({ mode: 'ERROR' }, ANONYMOUS)).rejects.toThrow('UNAUTHENTICATED');
    expect(await set({ mode: 'ERROR', seconds: 601 })).toMatchObject({
      setPaymentDrill: { drill: null, errors: [{ code: 'INVALID_INPUT', path: ['seconds'] }] },
    });
  });
});

test('the test tokens can be asked for', async () => {
  const { paymentTestTokens } = await payments.ask<{ paymentTestTokens: { token: string }[] }>(
    '{ paymentTestTokens { token meaning } }',
    {},
    ANONYMOUS,
  );
  expect(paymentTestTokens).toContainEqual({ token: 'tok_approve', meaning: 'approved at once' });
});
