import { afterAll, beforeAll, describe, expect, it, inject } from 'vitest';
import {
  type Identity,
  fillCart,
  placeOrder,
  placeOrderFinally,
  register,
  signIn,
  someVariants,
  unitsOf,
  watch,
} from '../support/people.js';
import { providerBooks } from '../support/provider-books.js';
import { type Mode, type Shop, eventually, startShop, temporaryFolder } from '../support/shop.js';
import { type ReadBooks, expectChargedOnce, sellOut } from '../support/sell-out.js';
import { copySeeded } from '../support/seeded-shop.js';

const ORDER_LIVE = `subscription ($id: ID!, $token: String) {
  orderUpdated(id: $id, accessToken: $token) {
    id status version timeline { type message at } shipments { status trackingNumber events { message } }
    lines { quantity unitPrice { amountMinor } variant { stock { onHand available reserved } product { name imageUrl } } }
  }
}`;

interface LiveOrder {
  orderUpdated: {
    status: string;
    version: number;
    timeline: { type: string }[];
    shipments: { status: string; trackingNumber: string | null; events: { message: string }[] }[] | null;
    lines: {
      quantity: number;
      variant: {
        stock: { onHand: number; available: number; reserved: number };
        product: { name: string; imageUrl: string };
      };
    }[];
  };
}

const STOCK_AS_OF = `query ($variantId: ID!, $at: DateTime!) {
  stockAsOf(variantId: $variantId, at: $at) { onHand available reserved }
}`;
interface Option {
  id: string;
  carrier: string;
  price: { amountMinor: number };
}
interface CartOptions {
  cart: {
    subtotal: { amountMinor: number };
    lines: { variant: { weightGrams: number } }[];
    shippingOptions: Option[];
    homeShippingOptions: Option[] | null;
  };
}
const CART_OPTIONS = `{ cart {
  subtotal { amountMinor } lines { variant { weightGrams } }
  shippingOptions(country: "DE") { id carrier price { amountMinor } eta }
  homeShippingOptions { id carrier price { amountMinor } eta }
} }`;
const OPTIONS = `query ($weightGrams: Int!, $goodsMinor: Int) {
  here: shippingOptions(country: "DE", weightGrams: $weightGrams, goodsMinor: $goodsMinor) { ...Offer }
  home: shippingOptions(country: "FR", weightGrams: $weightGrams, goodsMinor: $goodsMinor) { ...Offer }
}
fragment Offer on ShippingOption { id carrier price { amountMinor } }`;

const TRANSITION = `mutation ($input: TransitionOrderInput!) {
  transitionOrder(input: $input) { order { availableTransitions } errors { code message } }
}`;

const CANCEL = 'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { errors { code } } }';

const STOCK_LIVE = `subscription ($ids: [ID!]!) {
  stockChanged(variantIds: $ids) { id stock { available } product { name } }
}`;
interface LiveStock {
  stockChanged: { id: string; stock: { available: number }; product: { name: string } };
}

interface PaidOrder {
  status: string;
  payment: {
    status: string;
    refundedAmount: { amountMinor: number };
    challenge: { url: string } | null;
    refunds: { reason: string }[];
  } | null;
}

/** An order with its payment, as its owner sees it, or a guest with its token. */
async function paymentOf(
  shop: Shop,
  id: string | undefined,
  owner: Identity,
  token: string | null = null,
): Promise<PaidOrder> {
  const { data } = await shop.ask<{ order: PaidOrder }>(
    `query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { status payment { status refundedAmount { amountMinor } challenge { url }
      refunds { reason } } } }`,
    { id, token },
    owner,
  );
  return data.order;
}

describe.each<Mode>(['one process', 'split'])('buying, %s', (mode) => {
  let shop: Shop;
  let remove: () => Promise<void>;
  const books: ReadBooks = (since) => providerBooks(shop, since);
  beforeAll(async () => {
    const place = await temporaryFolder();
    remove = place.remove;
    await copySeeded(inject('seededDataDir'), place.folder);
    // Nobody can be faster by chance than staff who say that a parcel has left: the carrier takes an hour.
    const environment = { SOUK_CARRIER_SPEED: '0.01' };
    shop = await startShop({ dataDir: place.folder, mode, environment });
  });
  afterAll(async () => {
    expect(await shop?.stop()).toBe(0);
    await remove();
  });

  it('lets a guest buy and watch the order move by itself, with data of every subgraph in each push', async () => {
    const [variantId = ''] = await someVariants(shop, 1);
    const guest = await fillCart(shop, variantId, 2);
    // A busy machine may need more than the three seconds that one answer waits.
    const { order, errors } = await placeOrderFinally(shop, guest);
    expect(errors).toEqual([]);
    expect(order?.status).not.toBe('FAILED');
    const { id, accessToken } = order ?? { id: '', accessToken: '' };

    const live = watch<LiveOrder>(shop, ORDER_LIVE, { id, token: accessToken });
    const staff = await signIn(shop, 'staff@souk.test');
    // Commit, capture and shipment come by themselves; staff need not wait for the carrier.
    await eventually('the parcel is packed', async () =>
      live.pushes.some(({ orderUpdated }) =>
        orderUpdated.timeline.some(({ type }) => type === 'SHIPMENT_SCHEDULED'),
      ),
    );
    for (const to of ['SHIPPED', 'COMPLETE']) {
      const { data } = await shop.ask<{ transitionOrder: { errors: unknown[] } }>(
        TRANSITION,
        { input: { orderId: id, to } },
        staff,
      );
      expect(data.transitionOrder.errors).toEqual([]);
      await eventually(`the push of ${to}`, async () => live.pushes.at(-1)?.orderUpdated.status === to);
    }
    await live.close();

    expect(live.failures).toEqual([]);
    const states = live.pushes.map(({ orderUpdated }) => orderUpdated.status);
    // It may have been paid before the stream began.
    const road = states.filter((status, index) => status !== states[index - 1]);
    expect(road.slice(road[0] === 'PLACED' ? 1 : 0)).toEqual(['PAID', 'SHIPPED', 'COMPLETE']);
    // A guest sees the parcel, too: orders proves to shipping that whoever asks may read the order.
    expect(live.pushes.at(-1)?.orderUpdated.shipments).toEqual([
      {
        status: 'DELIVERED',
        trackingNumber: expect.stringMatching(/^KP/) as unknown,
        events: [
          { message: 'Kestrel Parcel will pick the parcel up.' },
          { message: 'The parcel has left our warehouse.' },
          { message: 'The parcel has been handed over.' },
        ],
      },
    ]);
    const versions = live.pushes.map(({ orderUpdated }) => orderUpdated.version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    for (const { orderUpdated } of live.pushes) {
      const [line] = orderUpdated.lines;
      expect(line?.quantity).toBe(2);
      expect(line?.variant.product.name).toMatch(/\w/);
      expect(line?.variant.product.imageUrl).toMatch(/^\/img\//);
      const { onHand, available, reserved } = line?.variant.stock ?? {
        onHand: -1,
        available: 0,
        reserved: 0,
      };
      expect(onHand).toBe(available + reserved);
    }
    expect(live.pushes.at(-1)?.orderUpdated.timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'STOCK_RESERVED',
        'PAYMENT_AUTHORIZED',
        'PLACED',
        'PAID',
        'SHIPPED',
        'COMPLETE',
      ]),
    );
  });

  it('tells what sending a cart costs, from facts of three other subgraphs, and charges just that', async () => {
    const [variantId = ''] = await someVariants(shop, 1);
    const buyer = await register(shop);
    await fillCart(shop, variantId, 2, buyer);
    const options = async (): Promise<CartOptions> =>
      (await shop.ask<CartOptions>(CART_OPTIONS, {}, buyer)).data;
    expect((await options()).cart.homeShippingOptions).toBeNull();
    await shop.ask(
      'mutation ($input: SaveAddressInput!) { saveAddress(input: $input) { errors { message } } }',
      {
        input: {
          name: 'Marie Curie',
          line1: '1 rue Pierre',
          city: 'Paris',
          postalCode: '75005',
          country: 'FR',
          isDefault: true,
        },
      },
      buyer,
    );
    const { cart } = await options();
    const [line] = cart.lines;
    const offered = await shop.ask<{ here: Option[]; home: Option[] }>(OPTIONS, {
      weightGrams: 2 * (line?.variant.weightGrams ?? 0),
      goodsMinor: cart.subtotal.amountMinor,
    });
    const priceOf = ({ id, carrier, price }: Option) => ({ id, carrier, price });
    expect(cart.shippingOptions.map(priceOf)).toEqual(offered.data.here.map(priceOf));
    expect(cart.homeShippingOptions?.map(priceOf)).toEqual(offered.data.home.map(priceOf));
    expect(cart.shippingOptions.length).toBeGreaterThan(0);
    expect(cart.homeShippingOptions).not.toEqual(cart.shippingOptions);

    expect(await placeOrder(shop, buyer, { shippingOptionId: 'carrier-pigeon' })).toMatchObject({
      order: null,
      errors: [{ __typename: 'ShippingOptionUnavailableError', path: ['shippingOptionId'] }],
    });
    const chosen = cart.shippingOptions.at(-1);
    const since = new Date();
    const { order, errors } = await placeOrder(shop, buyer, { shippingOptionId: chosen?.id });
    expect(errors).toEqual([]);
    const price = chosen?.price.amountMinor ?? 0;
    expect(price).toBeGreaterThan(0);
    expect(order).toMatchObject({
      subtotal: { amountMinor: cart.subtotal.amountMinor },
      shippingPrice: { amountMinor: price },
      total: { amountMinor: cart.subtotal.amountMinor + price },
    });
    const taken = await eventually('the money is taken', async () =>
      (await books(since)).find(({ kind }) => kind === 'CAPTURE'),
    );
    expect(taken).toEqual({ orderId: order?.id, kind: 'CAPTURE', amountMinor: order?.total.amountMinor });
  });

  it('takes the units out of stock once an order is placed, and gives them back on cancelling', async () => {
    const [, variantId = ''] = await someVariants(shop, 2);
    const before = await unitsOf(shop, variantId);

    const kept = await placeOrder(shop, await fillCart(shop, variantId, 3));
    expect(kept.errors).toEqual([]);
    await eventually('the units are gone', async () => {
      const now = await unitsOf(shop, variantId);
      return now.onHand === before.onHand - 3 && now.reserved === before.reserved;
    });

    const cancelled = await placeOrder(shop, await fillCart(shop, variantId, 2));
    const { id: orderId, accessToken } = cancelled.order ?? { id: '', accessToken: '' };
    const { data } = await shop.ask<{ cancelOrder: { errors: unknown[] } }>(CANCEL, {
      input: { orderId, accessToken },
    });
    expect(data.cancelOrder.errors).toEqual([]);
    // Shipping may have to be asked, and need longer than one answer waits.
    await eventually(
      'it is cancelled',
      async () => (await paymentOf(shop, orderId, {}, accessToken)).status === 'CANCELLED',
    );
    await eventually(
      'the units are back',
      async () => (await unitsOf(shop, variantId)).available === before.available - 3,
    );
  });

  it('tells staff how many there were before the first one was sold, although nobody told it then', async () => {
    const staff = await signIn(shop, 'staff@souk.test');
    const variantId = (await someVariants(shop, 20)).at(-1) ?? '';
    const before = await unitsOf(shop, variantId);
    const at = new Date().toISOString();
    const asOf = async () => {
      const { data } = await shop.ask<{ stockAsOf: typeof before | null }>(
        STOCK_AS_OF,
        { variantId, at },
        staff,
      );
      return data.stockAsOf;
    };
    expect(await asOf()).toBeNull();

    const { order } = await placeOrderFinally(shop, await fillCart(shop, variantId, 2));
    expect(order?.status).not.toBe('FAILED');
    await eventually('analytics has heard of it', async () => (await asOf()) !== null);
    expect(await asOf()).toEqual(before);
  });

  it('tells a guest live how many are left, by name, while another one buys and cancels', async () => {
    const variants = await someVariants(shop, 9);
    const variantId = variants.at(-1) ?? '';
    const live = watch<LiveStock>(shop, STOCK_LIVE, { ids: [variantId] });
    const left = () => live.pushes.at(-1)?.stockChanged.stock.available;
    const untilLeft = (count: number) => eventually(`${count} are left`, async () => left() === count);
    await eventually('the present stock is told', async () => live.pushes.length > 0);
    const before = left() ?? 0;

    const { order } = await placeOrder(shop, await fillCart(shop, variantId, 2));
    await untilLeft(before - 2);
    const { data } = await shop.ask<{ cancelOrder: { errors: unknown[] } }>(CANCEL, {
      input: { orderId: order?.id, accessToken: order?.accessToken },
    });
    expect(data.cancelOrder.errors).toEqual([]);
    await untilLeft(before);
    await live.close();

    expect(live.failures).toEqual([]);
    const [name, ...others] = new Set(live.pushes.map(({ stockChanged }) => stockChanged.product.name));
    expect([name, others]).toEqual([expect.stringMatching(/\w/), []]);
    expect(new Set(live.pushes.map(({ stockChanged }) => stockChanged.id))).toEqual(new Set([variantId]));
    const counts = live.pushes.map(({ stockChanged }) => stockChanged.stock.available);
    expect(counts.filter((count, index) => count !== counts[index - 1])).toEqual([
      before,
      before - 2,
      before,
    ]);
  });

  it('refuses a declined card, keeps the cart, and gives the stock back', async () => {
    const [, , variantId = ''] = await someVariants(shop, 3);
    const guest = await fillCart(shop, variantId, 1);
    const idempotencyKey = 'declined-card';
    const refused = await placeOrderFinally(shop, guest, { idempotencyKey, paymentToken: 'tok_decline' });
    expect(refused).toMatchObject({
      order: null,
      errors: [{ __typename: 'PaymentDeclinedError', code: 'PAYMENT_DECLINED' }],
    });
    expect(await placeOrder(shop, guest, { idempotencyKey, paymentToken: 'tok_decline' })).toEqual(refused);
    expect(await placeOrder(shop, guest, { idempotencyKey, paymentToken: 'tok_approve' })).toMatchObject({
      order: null,
      errors: [{ __typename: 'IdempotencyConflictError' }],
    });
    const { data } = await shop.ask<{ cart: { itemCount: number } }>('{ cart { itemCount } }', {}, guest);
    expect(data.cart.itemCount).toBe(1);
    const { order, errors } = await placeOrderFinally(shop, guest);
    expect(errors).toEqual([]);
    expect(['PLACED', 'PAID']).toContain(order?.status);
    expect(await placeOrder(shop, guest)).toMatchObject({
      order: null,
      errors: [{ __typename: 'CartEmptyError' }],
    });
  });

  it('gives fifty simultaneous clicks with one key one order, and charges the card once', async () => {
    const [, , , variantId = ''] = await someVariants(shop, 4);
    const guest = await fillCart(shop, variantId, 1);
    const idempotencyKey = 'fifty-clicks';
    const since = new Date();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => placeOrder(shop, guest, { idempotencyKey })),
    );
    const [{ order } = { order: null }] = answers;
    expect(new Set(answers.map((answer) => answer.order?.id))).toEqual(new Set([order?.id]));
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    await expectChargedOnce(shop, books, since, order ? [order] : []);
  });

  it("sends a guest to the bank's page, and goes on once the payment is confirmed there", async () => {
    const [, , , , variantId = ''] = await someVariants(shop, 5);
    const guest = await fillCart(shop, variantId, 1);
    const { order } = await placeOrder(shop, guest, { paymentToken: 'tok_challenge' });
    expect(order).toMatchObject({ status: 'PENDING' });
    // A busy provider may ask for it only after the answer.
    const url = await eventually('the bank wants to know', async () => {
      const { payment } = await paymentOf(shop, order?.id, {}, order?.accessToken);
      return payment?.status === 'CHALLENGED' && payment.challenge?.url;
    });
    const page = new URL(url, shop.url);
    const question = await fetch(page);
    expect([question.status, question.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await question.text()).toContain('<button name="approve" value="true">');
    const answer = await fetch(page, { method: 'POST', body: new URLSearchParams({ approve: 'true' }) });
    expect(answer.status).toBe(200);
    await eventually('the order is paid', async () => {
      const now = await paymentOf(shop, order?.id, {}, order?.accessToken);
      return now.payment?.status === 'CAPTURED' && now.status !== 'PENDING';
    });
  });

  it('gives back a part of what was paid, once for each key', async () => {
    const [, , , , , variantId = ''] = await someVariants(shop, 6);
    const ada = await register(shop);
    const staff = await signIn(shop, 'staff@souk.test');
    const { order } = await placeOrder(shop, await fillCart(shop, variantId, 2, ada));
    await eventually(
      'the order is paid',
      async () => (await paymentOf(shop, order?.id, ada)).payment?.status === 'CAPTURED',
    );
    const refund = async (amountMinor: number, idempotencyKey: string, identity = staff) => {
      const input = { orderId: order?.id, amountMinor, reason: 'A scratch.', idempotencyKey };
      return shop.ask<{
        refundPayment: { refund: { id: string } | null; errors: { code: string }[] } | null;
      }>(
        'mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { refund { id } errors { code } } }',
        { input },
        identity,
      );
    };
    const key = `scratch-${mode}`;
    const [first, second] = await Promise.all([refund(100, key), refund(100, key)]);
    expect(first.data.refundPayment).toMatchObject({
      refund: { id: expect.any(String) as unknown },
      errors: [],
    });
    expect(second.data).toEqual(first.data);
    const tooMuch = await refund(order?.total.amountMinor ?? 0, `${key}-all`);
    expect(tooMuch.data.refundPayment?.errors).toEqual([{ code: 'REFUND_EXCEEDS_CAPTURED' }]);
    expect((await refund(1, `${key}-own`, ada)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    await eventually('the shopper sees the refund', async () => {
      const { payment } = await paymentOf(shop, order?.id, ada);
      return payment?.refundedAmount.amountMinor === 100 && payment.refunds[0]?.reason === 'A scratch.';
    });
  });

  it('tells everybody what staff have changed, although the answer before was kept', async () => {
    interface Named {
      product: { name: string };
    }
    const NAME = 'query ($id: ID!) { product(id: $id) { name } }';
    const { data } = await shop.ask<{ products: { nodes: { id: string }[] } }>(
      '{ products(first: 20) { nodes { id } } }',
    );
    const id = data.products.nodes.at(-1)?.id;
    await eventually('the answer is one that was kept', async () => {
      const { headers } = await shop.ask<Named>(NAME, { id });
      return Number(headers.get('age')) > 0;
    });
    const changed = await shop.ask<{ updateProduct: { errors: unknown[] } }>(
      'mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { errors { code message } } }',
      { input: { id, name: 'A lantern' } },
      await signIn(shop, 'staff@souk.test'),
    );
    expect(changed.data.updateProduct.errors).toEqual([]);
    // It would be kept for five minutes, were it not for the event.
    await eventually('the new name is there', async () => {
      const answer = await shop.ask<Named>(NAME, { id });
      return answer.data.product.name === 'A lantern';
    });
  });

  it("merges a guest's cart into the account's at sign-in", async () => {
    const [first = '', second = ''] = await someVariants(shop, 6);
    const ada = await register(shop);
    await fillCart(shop, first, 1, ada);
    const guest = await fillCart(shop, second, 2);
    const { data } = await shop.ask<{ cart: { itemCount: number; lines: { quantity: number }[] } }>(
      '{ cart { itemCount lines { quantity variant { id } } } }',
      {},
      { ...guest, ...ada },
    );
    expect(data.cart.itemCount).toBe(3);
  });

  it('sells a stock of five to exactly five of two hundred racing buyers, and charges nobody else', async () => {
    const staff = await signIn(shop, 'staff@souk.test');
    const [, , , , , , , variantId = ''] = await someVariants(shop, 8);
    await sellOut(shop, books, { variantId, units: 5, buyers: 200, staff });
  });
});
