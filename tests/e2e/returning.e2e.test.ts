import {
  SECRET_KEY,
  type StripeStyleServer,
  WEBHOOK_SECRET,
  signedWebhook,
  startStripeStyleServer,
} from '@souk/testkit/stripe-style-server';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  adjustStock,
  fillCart,
  orderInput,
  placeOrder,
  placeOrderFinally,
  register,
  signIn,
  someVariants,
  watch,
} from '../support/people.js';
import { type Shop, eventually, startShop, temporaryFolder } from '../support/shop.js';
import { copySeeded } from '../support/seeded-shop.js';

let provider: StripeStyleServer;
let shop: Shop;
let remove: () => Promise<void>;
beforeAll(async () => {
  const place = await temporaryFolder();
  remove = place.remove;
  await copySeeded(inject('seededDataDir'), place.folder);
  provider = await startStripeStyleServer();
  const environment = {
    // A carrier in a hurry: a parcel leaves within a second and travels for a few.
    SOUK_CARRIER_SPEED: '100',
    PAYMENT_PROVIDER: 'http',
    PAYMENT_PROVIDER_URL: provider.url,
    PAYMENT_PROVIDER_KEY: SECRET_KEY,
    PAYMENT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    PAYMENT_RETURN_URL: 'https://shop.test/',
    LOG_LEVEL: 'info',
  };
  shop = await startShop({ dataDir: place.folder, mode: 'split', environment });
});
afterAll(async () => {
  expect(await shop?.stop()).toBe(0);
  await provider?.stop();
  await remove();
});

const LIVE = `subscription ($id: ID!) {
  orderUpdated(id: $id) {
    status version return { status } payment { status refundedAmount { amountMinor } } shipments { status }
  }
}`;
interface LiveOrder {
  orderUpdated: {
    status: string;
    version: number;
    return: { status: string } | null;
    payment: { status: string; refundedAmount: { amountMinor: number } } | null;
    shipments: { status: string }[];
  };
}
const RETURN = `mutation ($input: ReturnOrderInput!) {
  returnOrder(input: $input) { order { status return { status } } errors { code message } }
}`;
const SAGA = `query ($id: ID!) { saga(orderId: $id) { status steps { name status compensation { name status } } } }`;

it('brings an order to its door by itself, and takes it back with money and units when it is returned', async () => {
  const staff = await signIn(shop, 'staff@souk.test');
  const [variantId = ''] = await someVariants(shop, 1);
  const before = (await adjustStock(shop, variantId, 2, staff)).stock;
  const ada = await register(shop);
  const { order } = await placeOrder(shop, await fillCart(shop, variantId, 2, ada), {
    paymentToken: 'pm_ok',
  });
  const { id = '', total } = order ?? {};
  const live = watch<LiveOrder>(shop, LIVE, { id }, ada);
  const latest = () => live.pushes.at(-1)?.orderUpdated;

  // Nobody moves it: commit, capture, shipment, carrier.
  await eventually('the parcel has arrived', async () => latest()?.status === 'COMPLETE');
  expect(latest()?.payment?.status).toBe('CAPTURED');
  const { data } = await shop.ask<{ returnOrder: { order: { status: string }; errors: unknown[] } }>(
    RETURN,
    { input: { orderId: id, reason: 'Too small.' } },
    ada,
  );
  expect(data.returnOrder).toMatchObject({ order: { status: 'COMPLETE' }, errors: [] });
  await eventually('the money is back', async () => latest()?.return?.status === 'REFUNDED');
  await live.close();
  expect(live.failures).toEqual([]);
  expect(latest()).toMatchObject({
    status: 'COMPLETE',
    payment: { status: 'REFUNDED', refundedAmount: { amountMinor: total?.amountMinor } },
  });
  expect(latest()?.shipments).toHaveLength(2);
  const versions = live.pushes.map(({ orderUpdated }) => orderUpdated.version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));

  await eventually('its saga rests', async () => {
    const reply = await shop.ask<{ saga: { status: string } }>(SAGA, { id }, staff);
    return reply.data.saga.status === 'COMPENSATED';
  });
  const after = (await adjustStock(shop, variantId, 1, staff)).stock;
  expect(after?.onHand).toBe((before?.onHand ?? 0) + 1);
});

describe('a payment provider over HTTP', () => {
  const ORDER = `query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
    status payment { status challenge { url } refundedAmount { amountMinor } }
  } }`;
  interface PaidOrder {
    status: string;
    payment: {
      status: string;
      challenge: { url: string } | null;
      refundedAmount: { amountMinor: number };
    } | null;
  }
  /** Has something bought by a guest. */
  async function buy(paymentToken: string) {
    const [variantId = ''] = await someVariants(shop, 1);
    const answer = await placeOrder(shop, await fillCart(shop, variantId, 1), { paymentToken });
    const { id = '', accessToken: token = null, total = { amountMinor: 0 } } = answer.order ?? {};
    const look = async (): Promise<PaidOrder> =>
      (await shop.ask<{ order: PaidOrder }>(ORDER, { id, token })).data.order;
    const becomes = (status: string) =>
      eventually(`the payment is ${status}`, async () => (await look()).payment?.status === status);
    return { ...answer, id, token, total: total.amountMinor, look, becomes };
  }
  const webhook = async (event: unknown, options?: Parameters<typeof signedWebhook>[1]): Promise<number> =>
    (await fetch(`${shop.url}/webhooks/payments`, signedWebhook(event, options))).status;

  it('asks the bank, hears of its answer by a signed webhook, takes the money once, and gives a part back', async () => {
    const { id, token, total, order, look, becomes } = await buy('pm_challenge');
    expect(order?.status).toBe('PENDING');
    await becomes('CHALLENGED');
    const held = provider.paymentOf(id);
    expect((await look()).payment?.challenge?.url).toBe(`https://bank.test/${held?.id}`);
    expect(held).toMatchObject({ status: 'requires_action', amount: total, currency: 'eur' });

    provider.answerChallenge(id, true);
    const approval = provider.webhooks.at(-1);
    expect(approval?.type).toBe('payment_intent.amount_capturable_updated');
    expect(await webhook(approval, { secret: 'whsec_of_somebody_else' })).toBe(400);
    // A provider repeats itself.
    expect([await webhook(approval), await webhook(approval)]).toEqual([200, 200]);
    await becomes('CAPTURED');
    expect(provider.paymentsOf(id)).toMatchObject([{ status: 'succeeded', amount_received: total }]);

    const staff = await signIn(shop, 'staff@souk.test');
    const input = { orderId: id, amountMinor: 100, reason: 'A scratch.', idempotencyKey: `scratch-${id}` };
    await shop.ask(
      'mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { errors { code } } }',
      { input },
      staff,
    );
    await eventually('a part is back', async () => {
      const { data } = await shop.ask<{ order: PaidOrder }>(ORDER, { id, token });
      return data.order.payment?.refundedAmount.amountMinor === 100;
    });
    expect(provider.paymentOf(id)).toMatchObject({ amount_received: total, amount_refunded: 100 });
  });

  it('lets go of what it holds when an order is cancelled, and holds nothing that it declines', async () => {
    const { id, token, becomes } = await buy('pm_challenge');
    await becomes('CHALLENGED');
    const { data } = await shop.ask<{ cancelOrder: { order: { status: string }; errors: unknown[] } }>(
      'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { order { status } errors { code } } }',
      { input: { orderId: id, accessToken: token } },
    );
    expect(data.cancelOrder).toEqual({ order: { status: 'CANCELLED' }, errors: [] });
    await becomes('VOIDED');
    expect(provider.paymentsOf(id)).toMatchObject([{ status: 'canceled', amount_received: 0 }]);

    const guest = await fillCart(shop, (await someVariants(shop, 1))[0] ?? '');
    const { order, errors } = await placeOrderFinally(shop, guest, { paymentToken: 'pm_poor' });
    expect(order).toBeNull();
    expect(errors).toMatchObject([{ __typename: 'PaymentDeclinedError', path: ['paymentToken'] }]);
    expect(errors[0]?.message).toContain('Your card has insufficient funds.');
  });

  it('is never shown a card number, and no secret is in the log', async () => {
    const [variantId = ''] = await someVariants(shop, 1);
    const guest = await fillCart(shop, variantId, 1);
    const asked = provider.requests.length;
    const input = orderInput({ paymentToken: '4242 4242 4242 4242' });
    const placing = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { errors { code } } }';
    const headers = { ...guest, 'idempotency-key': input.idempotencyKey };
    const refused = await shop.ask(placing, { input }, headers);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const mistaken = await shop.ask(
      placing,
      { input: { ...input, paymentToken: 4242424242424242 } },
      headers,
    );
    expect(mistaken.errors[0]?.message).toContain('[card number]');
    expect(provider.requests).toHaveLength(asked);
    for (const text of [refused.text, mistaken.text, shop.output()]) {
      expect(text.replaceAll(' ', '')).not.toContain('4242424242424242');
    }
    for (const secret of [SECRET_KEY, WEBHOOK_SECRET, 'pm_ok', 'pm_challenge'])
      expect(shop.output()).not.toContain(secret);

    // Neither key was used up.
    const again = await shop.ask<{ placeOrder: { errors: unknown[] } }>(
      placing,
      { input: { ...input, paymentToken: 'pm_ok' } },
      headers,
    );
    expect(again.data).toEqual({ placeOrder: { errors: [] } });
  });
});
