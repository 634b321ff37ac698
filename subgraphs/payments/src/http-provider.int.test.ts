import { Writable } from 'node:stream';
import { createLogger } from '@souk/kit/log';
import {
  type Fault,
  SECRET_KEY,
  type StripeStyleServer,
  WEBHOOK_SECRET,
  signedWebhook,
  startStripeStyleServer,
} from '@souk/testkit/stripe-style-server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type PaymentsUnderTest, eventually, startPayments } from './__fixtures__/payments-under-test.js';
import { serveRoutes } from './__fixtures__/serve-routes.js';
import { createApiClient } from './provider/http/api-client.js';
import { createHttpProvider } from './provider/http/http-provider.js';
import type { ProviderCall } from './provider/payment-provider.js';

let provider: StripeStyleServer;
let payments: PaymentsUnderTest;
let routes: { readonly url: string; stop(): Promise<void> };
/** Orders whose answers never come: nobody waits for those as long as for others. */
const unanswered = new Set<string>();
const lines: string[] = [];
const logger = createLogger({
  level: 'debug',
  destination: new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  }),
});

beforeAll(async () => {
  provider = await startStripeStyleServer();
  payments = await startPayments({
    logger,
    paymentProvider: {
      kind: 'http',
      url: provider.url,
      secretKey: SECRET_KEY,
      webhookSecret: WEBHOOK_SECRET,
      returnUrl: 'https://shop.test/',
    },
    wrapProvider: (real) => {
      const call = createApiClient({ url: provider.url, secretKey: SECRET_KEY, timeoutMs: 300 });
      const hasty = createHttpProvider({ call, returnUrl: 'https://shop.test/' });
      const chosen = ({ orderId }: ProviderCall) => (unanswered.has(orderId) ? hasty : real);
      return {
        authorize: (wish) => chosen(wish).authorize(wish),
        lookUp: (wish) => chosen(wish).lookUp(wish),
        capture: (wish) => chosen(wish).capture(wish),
        void: (wish) => chosen(wish).void(wish),
        refund: (wish) => chosen(wish).refund(wish),
      };
    },
  });
  routes = await serveRoutes(() => payments.app.routes);
});
afterAll(async () => {
  await routes.stop();
  await payments.stop();
  await provider.stop();
  const log = lines.join('');
  for (const secret of [SECRET_KEY, WEBHOOK_SECRET, 'pm_ok', 'pm_declined'])
    expect(log).not.toContain(secret);
});

const toldTypes = (orderId: string) =>
  payments.toldOf(orderId).map(({ type }) => type.replace('payment.', ''));
const until = (orderId: string, type: string) =>
  eventually(
    () => toldTypes(orderId),
    (types) => types.includes(type),
  );
const statusOf = async (orderId: string) => (await payments.payments([orderId]))[0]?.status;
const authorize = (orderId: string, paymentToken = 'pm_ok') => payments.authorize(orderId, { paymentToken });
const send = (event: unknown, options?: Parameters<typeof signedWebhook>[1]) =>
  fetch(`${routes.url}/webhooks/payments`, signedWebhook(event, options));
const webhookOf = (orderId: string, type: string) => {
  const event = provider.webhooks.find(
    ({ type: found, data }) =>
      found === type && (data.object as { metadata: { order_id: string } }).metadata.order_id === orderId,
  );
  if (!event) throw new Error(`no webhook ${type} of ${orderId}`);
  return event;
};

describe('a provider that speaks as Stripe does', () => {
  test('holds, takes and gives back, each call a form with a key', async () => {
    authorize('o1');
    payments.command('payment.capture-requested', { orderId: 'o1' });
    await until('o1', 'captured');
    payments.command('payment.refund-requested', {
      orderId: 'o1',
      refundId: 'r1',
      amountMinor: 500,
      reason: 'No.',
    });
    await until('o1', 'refunded');
    payments.command('payment.void-requested', { orderId: 'o1' });
    await eventually(
      () => statusOf('o1'),
      (status) => status === 'REFUNDED',
    );
    const { id } = provider.paymentOf('o1') ?? { id: '' };
    expect(provider.requests.filter(({ key }) => key?.startsWith('o1:'))).toEqual([
      {
        method: 'POST',
        path: '/v1/payment_intents',
        key: 'o1:authorize',
        form: {
          amount: '1999',
          currency: 'eur',
          payment_method: 'pm_ok',
          capture_method: 'manual',
          confirm: 'true',
          'metadata[order_id]': 'o1',
          return_url: 'https://shop.test/',
        },
      },
      { method: 'POST', path: `/v1/payment_intents/${id}/capture`, key: 'o1:capture', form: {} },
      expect.objectContaining({
        path: '/v1/refunds',
        key: 'o1:refund:r1',
        form: {
          payment_intent: id,
          amount: '500',
          'metadata[order_id]': 'o1',
          'metadata[refund_id]': 'r1',
          'metadata[reason]': 'No.',
        },
      }),
      expect.objectContaining({ path: '/v1/refunds', key: 'o1:refund:rest-1' }),
    ]);
    expect(provider.paymentOf('o1')).toMatchObject({ amount_received: 1999, amount_refunded: 1999 });
  });

  test.each([
    ['pm_declined', 'DECLINED', 'Your card was declined.'],
    ['pm_poor', 'INSUFFICIENT_FUNDS', 'Your card has insufficient funds.'],
    ['pm_unknown', 'INVALID_TOKEN', 'No such PaymentMethod.'],
  ])('declines %s', async (token, code, reason) => {
    authorize(token, token);
    await until(token, 'declined');
    expect(payments.toldOf(token)[0]?.payload).toMatchObject({ code, reason });
  });

  test.each<[string, readonly Fault[]]>([
    ['it is broken', [{ kind: 'status', status: 500 }]],
    [
      'it is overrun',
      [
        { kind: 'status', status: 503 },
        { kind: 'status', status: 429, retryAfter: 0 },
      ],
    ],
    ['a call with the key is still under way', [{ kind: 'status', status: 409 }]],
    ['its answer is lost', [{ kind: 'lost-answer' }]],
    ['its answer does not come', [{ kind: 'hang' }]],
    ['its answer breaks off', [{ kind: 'cut' }]],
    ['our key was changed', [{ kind: 'status', status: 401 }]],
  ])('is asked again, under the same key, and charges once, when %s', async (what, faults) => {
    const orderId = `faulty ${what}`;
    if (faults.some(({ kind }) => kind === 'hang')) unanswered.add(orderId);
    provider.failNext(...faults);
    authorize(orderId);
    await until(orderId, 'authorized');
    provider.failNext(...faults);
    payments.command('payment.capture-requested', { orderId });
    await until(orderId, 'captured');
    expect(provider.paymentsOf(orderId)).toMatchObject([{ amount_received: 1999 }]);
    expect(toldTypes(orderId)).toEqual(['authorized', 'captured']);
  });

  test('that breaks in the middle, and says so under that key for ever, is asked what it did', async () => {
    const stuck = { kind: 'stuck' } as const;
    provider.failNext(stuck);
    authorize('stuck');
    await until('stuck', 'authorized');
    provider.failNext(stuck);
    payments.command('payment.capture-requested', { orderId: 'stuck' });
    await until('stuck', 'captured');
    provider.failNext(stuck);
    payments.command('payment.void-requested', { orderId: 'stuck' });
    await until('stuck', 'refunded');
    expect(provider.paymentsOf('stuck')).toMatchObject([{ amount_received: 1999, amount_refunded: 1999 }]);
    provider.failNext(stuck);
    authorize('stuck-void');
    await until('stuck-void', 'authorized');
    provider.failNext(stuck);
    payments.command('payment.void-requested', { orderId: 'stuck-void' });
    await until('stuck-void', 'voided');
    expect(provider.paymentsOf('stuck-void')).toMatchObject([{ status: 'canceled' }]);
  });

  test('is left alone for as long as it asks', async () => {
    // One of its own: no look at another order gets the answer that is meant for this one.
    const busy = await startStripeStyleServer();
    onTestFinished(() => busy.stop());
    const call = createApiClient({ url: busy.url, secretKey: SECRET_KEY });
    const { signal } = new AbortController();
    const ask = (retryAfter: number) => {
      busy.failNext({ kind: 'status', status: 429, retryAfter });
      return createHttpProvider({ call }).lookUp({
        orderId: 'x',
        amount: { amountMinor: 1, currency: 'EUR' },
        idempotencyKey: 'x',
        reference: 'pi_x',
        signal,
      });
    };
    await expect(ask(7)).rejects.toMatchObject({ name: 'ProviderUnavailable', retryAfterMs: 7_000 });
    await expect(ask(9_999)).rejects.toMatchObject({ retryAfterMs: 60_000 });
  });

  test('lets a hold go, and refuses to take one that has run out', async () => {
    authorize('void');
    await until('void', 'authorized');
    payments.command('payment.void-requested', { orderId: 'void' });
    await until('void', 'voided');
    expect(provider.paymentOf('void')?.status).toBe('canceled');
    authorize('late');
    await until('late', 'authorized');
    provider.expire('late');
    payments.command('payment.capture-requested', { orderId: 'late' });
    await until('late', 'capture-refused');
    expect(await statusOf('late')).toBe('LAPSED');
  });

  test('has a challenge at the bank, whose end is found by looking', async () => {
    authorize('bank', 'pm_challenge');
    await until('bank', 'challenge-required');
    const { id } = provider.paymentOf('bank') ?? { id: '' };
    expect((await payments.payments(['bank']))[0]?.challenge?.url).toBe(`https://bank.test/${id}`);
    provider.answerChallenge('bank', true);
    // No webhook comes.
    await until('bank', 'authorized');
  });

  test('may take its time for a refund', async () => {
    authorize('slow');
    payments.command('payment.capture-requested', { orderId: 'slow' });
    await until('slow', 'captured');
    const wish = { orderId: 'slow', amountMinor: 100, reason: 'Slow bank.' };
    payments.command('payment.refund-requested', { ...wish, refundId: 'r1' });
    await eventually(
      () => provider.requests.some(({ method, path }) => method === 'GET' && path.startsWith('/v1/refunds/')),
      Boolean,
    );
    expect(toldTypes('slow')).toEqual(['authorized', 'captured']);
    provider.settleRefunds('succeeded');
    await until('slow', 'refunded');
    payments.command('payment.refund-requested', { ...wish, refundId: 'r2' });
    await eventually(
      () => provider.requests.filter(({ key }) => key === 'slow:refund:r2').length,
      (count) => count > 0,
    );
    provider.settleRefunds('failed');
    await until('slow', 'refund-refused');
    expect((await payments.payments(['slow']))[0]).toMatchObject({ refundedAmount: { amountMinor: 100 } });
  });
});

describe('a webhook', () => {
  test('that comes before the answer decides, and the answer changes nothing any more', async () => {
    unanswered.add('early');
    provider.failNext({ kind: 'hang' });
    authorize('early');
    await eventually(() => provider.paymentOf('early') !== undefined, Boolean);
    expect((await send(webhookOf('early', 'payment_intent.amount_capturable_updated'))).status).toBe(200);
    await until('early', 'authorized');
    payments.command('payment.capture-requested', { orderId: 'early' });
    await until('early', 'captured');
    expect(toldTypes('early')).toEqual(['authorized', 'captured']);
  });

  test('counts once, however often it comes, and late ones change nothing', async () => {
    authorize('again');
    payments.command('payment.capture-requested', { orderId: 'again' });
    await until('again', 'captured');
    const authorized = webhookOf('again', 'payment_intent.amount_capturable_updated');
    const captured = webhookOf('again', 'payment_intent.succeeded');
    const answers = await Promise.all(
      [captured, authorized, captured, authorized].map((event) => send(event)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(toldTypes('again')).toEqual(['authorized', 'captured']);
    const { rows } = await payments.pool.query('SELECT id FROM provider_notices WHERE id = ANY($1)', [
      [authorized.id, captured.id],
    ]);
    expect(rows).toHaveLength(2);
  });

  test('tells of a hold that ran out, and of a shopper who could not confirm', async () => {
    authorize('gone');
    await until('gone', 'authorized');
    provider.expire('gone');
    await send(webhookOf('gone', 'payment_intent.canceled'));
    await until('gone', 'capture-refused');
    authorize('stranger', 'pm_challenge');
    await until('stranger', 'challenge-required');
    provider.answerChallenge('stranger', false);
    await send(webhookOf('stranger', 'payment_intent.payment_failed'));
    await until('stranger', 'declined');
    expect(payments.toldOf('stranger').at(-1)?.payload).toMatchObject({ code: 'CHALLENGE_FAILED' });
  });

  test('without a signature for this body and this time is refused, and does nothing', async () => {
    authorize('forged', 'pm_challenge');
    await until('forged', 'challenge-required');
    const event = {
      id: 'evt_forged',
      type: 'payment_intent.amount_capturable_updated',
      data: { object: { ...provider.paymentOf('forged'), status: 'requires_capture' } },
    };
    const now = Math.floor(Date.now() / 1000);
    const genuine = signedWebhook(event);
    const forged = [
      signedWebhook(event, { secret: 'another' }),
      signedWebhook(event, { sentAt: now - 600 }),
      signedWebhook(event, { sentAt: now + 600 }),
      { ...genuine, body: genuine.body.replace('evt_forged', 'evt_other') },
      { ...genuine, headers: {} },
      { ...genuine, headers: { 'stripe-signature': `t=${now},v1=zz` } },
      { ...genuine, headers: { 'stripe-signature': 'nonsense' } },
    ];
    for (const request of forged) {
      expect((await fetch(`${routes.url}/webhooks/payments`, request)).status).toBe(400);
    }
    expect(await statusOf('forged')).toBe('CHALLENGED');
    const { rows } = await payments.pool.query("SELECT 1 FROM provider_notices WHERE id LIKE 'evt_forged%'");
    expect(rows).toEqual([]);
  });

  test('is signed with either secret while the secret is being changed', async () => {
    const { headers, body } = signedWebhook({ id: 'evt_x', type: 'ping', data: { object: {} } });
    const signature = headers['stripe-signature'].replace(',v1=', `,v1=${'0'.repeat(64)},v1=`);
    const answer = await fetch(`${routes.url}/webhooks/payments`, {
      method: 'POST',
      headers: { 'stripe-signature': signature },
      body,
    });
    expect(answer.status).toBe(200);
  });

  test('about nothing of ours, of a new kind, or that is no event, harms nobody', async () => {
    const object = { id: 'pi_x', status: 'succeeded', metadata: { order_id: 'nobody' } };
    const events: [unknown, number][] = [
      [{ id: 'evt_1', type: 'payment_intent.succeeded', data: { object } }, 200],
      [{ id: 'evt_2', type: 'payment_intent.succeeded', data: { object: { ...object, metadata: {} } } }, 200],
      [{ id: 'evt_3', type: 'something.new', data: { object: 7 } }, 200],
      [{ type: 'no id' }, 400],
    ];
    for (const [event, status] of events) expect((await send(event)).status).toBe(status);
    expect((await fetch(`${routes.url}/webhooks/payments`)).status).toBe(405);
    const huge = 'x'.repeat(300_000);
    expect((await send({ id: huge, type: 't', data: { object: {} } })).status).toBe(413);
    const { rows } = await payments.pool.query("SELECT 1 FROM intents WHERE order_id = 'nobody'");
    expect(rows).toEqual([]);
  });
});

test('what only the sandbox can do is not offered where real money moves', async () => {
  expect(
    await payments.ask('{ paymentTestTokens { token } arePaymentDrillsAllowed paymentDrill { mode } }'),
  ).toEqual({
    paymentTestTokens: [],
    arePaymentDrillsAllowed: false,
    paymentDrill: null,
  });
  const mutation = `mutation { completePaymentChallenge(input: { challengeId: "x", approve: true }) { errors { code } }
    setPaymentDrill(input: { mode: ERROR }) { errors { code } } }`;
  expect(await payments.ask(mutation)).toEqual({
    completePaymentChallenge: { errors: [{ code: 'NOT_ALLOWED_HERE' }] },
    setPaymentDrill: { errors: [{ code: 'NOT_ALLOWED_HERE' }] },
  });
});
