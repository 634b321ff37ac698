import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { only } from './__fixtures__/answers.js';
import { WEIGHT_GRAMS } from './__fixtures__/fake-shop.js';
import {
  CART,
  type OrdersUnderTest,
  account,
  checkout,
  eventually,
  startOrders,
} from './__fixtures__/orders-under-test.js';

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
beforeEach(() => orders.stayPlaced());
afterAll(() => orders.stop());
const OFFERS = [
  { id: 'standard', price: { amountMinor: 490, currency: 'EUR' } },
  { id: 'express', price: { amountMinor: 990, currency: 'EUR' } },
] as const;
afterEach(() => {
  orders.shop.shippingIsAway = false;
  orders.shop.productsAreAway = false;
  orders.shop.offers = [...OFFERS];
});

/** Orders whose units were asked for; what goes on with earlier ones does not count. */
const reservationsAsked = (): number =>
  orders.shop.heard.filter(({ type }) => type === 'stock.reserve-requested').length;
const payloadOf = (orderId: string, type: string): unknown =>
  orders.shop.heard.find((event) => event.aggregateId === orderId && event.type === type)?.payload;

describe('what sending costs', () => {
  test('is asked of shipping with weights, quantities and the subtotal, charged, and told', async () => {
    const buyer = await orders.fill(account('sender'), { lamp: 2, chair: 1 });
    const { order } = await orders.place(buyer, { shippingOptionId: 'express' });
    expect(order).toMatchObject({
      subtotal: { amountMinor: 16_048 },
      shippingPrice: { amountMinor: 990 },
      total: { amountMinor: 17_038, currency: 'EUR' },
    });
    expect(orders.shop.enquiries.at(-1)).toMatchObject({
      country: 'GB',
      cart: {
        __typename: 'Cart',
        lines: [
          { quantity: 2, variant: { weightGrams: WEIGHT_GRAMS } },
          { quantity: 1, variant: { weightGrams: WEIGHT_GRAMS } },
        ],
        subtotal: { amountMinor: 16_048 },
      },
    });
    orders.shop.release();
    const scheduled = await eventually(
      () => payloadOf(order.id, 'shipment.schedule-requested'),
      (payload) => payload !== undefined,
    );
    expect(scheduled).toMatchObject({ optionId: 'express', totalMinor: 17_038 });
    expect(payloadOf(order.id, 'payment.authorize-requested')).toMatchObject({ amountMinor: 17_038 });
    for (const fact of ['order.placed', 'order.paid']) {
      expect(payloadOf(order.id, fact)).toMatchObject({
        ...{ amountMinor: 17_038, subtotalMinor: 16_048, shippingMinor: 990, currency: 'EUR' },
        lines: [{ unitPriceMinor: 1999 }, { unitPriceMinor: 12_050 }],
      });
    }
  });

  test('is that of the cheapest way where none was chosen, and the parcel is then sent that way', async () => {
    orders.shop.offers = [{ id: 'freight', price: { amountMinor: 4190, currency: 'EUR' } }, ...OFFERS];
    const { order } = await orders.place(await orders.fill(account('careless'), { lamp: 1 }));
    expect(order.shippingPrice).toEqual({ amountMinor: 4190 });
    orders.shop.release();
    const scheduled = await eventually(
      () => payloadOf(order.id, 'shipment.schedule-requested'),
      (payload) => payload !== undefined,
    );
    expect(scheduled).toMatchObject({ optionId: 'freight' });
  });

  test('does not change any more once the order is placed', async () => {
    const buyer = await orders.fill(account('early'), { lamp: 1 });
    const input = checkout();
    const { order } = await orders.place(buyer, input);
    orders.shop.offers = [];
    expect((await orders.place(buyer, input)).order).toMatchObject({
      id: order.id,
      total: { amountMinor: 2489, currency: 'EUR' },
    });
  });
});

describe('nothing is reserved or charged, the cart stays and the key is good', () => {
  const REFUSED = { __typename: 'ShippingOptionUnavailableError', code: 'SHIPPING_OPTION_UNAVAILABLE' };

  test.each([
    ['an unknown option', 'drone', OFFERS, /Choose another one/, ['standard', 'express']],
    ['an option that is not offered any more', 'express', [OFFERS[0]], /Choose another one/, ['standard']],
    ['an address that nothing is sent to', null, [], /Give another one/, []],
    [
      'prices in another currency than the goods',
      null,
      [{ id: 'standard', price: { amountMinor: 490, currency: 'USD' as const } }],
      /Give another one/,
      [],
    ],
  ])('for %s', async (_what, shippingOptionId, offers, message, offeredOptionIds) => {
    const buyer = await orders.fill(account(randomUUID()), { lamp: 1 });
    const before = reservationsAsked();
    orders.shop.offers = [...offers];
    const input = { ...checkout(), shippingOptionId };
    expect(await orders.place(buyer, input)).toEqual({
      order: null,
      errors: [
        {
          ...REFUSED,
          message: expect.stringMatching(message) as unknown,
          path: ['shippingOptionId'],
          offeredOptionIds,
        },
      ],
    });
    const listed = await orders.run('{ orders { totalCount } }', {}, buyer);
    expect([listed.data.orders.totalCount, reservationsAsked()]).toEqual([0, before]);
    expect((await orders.run(CART, {}, buyer)).data.cart.itemCount).toBe(1);

    orders.shop.offers = [...OFFERS];
    const again = await orders.place(buyer, { ...input, shippingOptionId: 'standard' });
    expect(again.order.status).toBe('PLACED');
  });

  test('while shipping is away', async () => {
    const buyer = await orders.fill(account('waiting'), { lamp: 1 });
    orders.shop.shippingIsAway = true;
    const input = checkout();
    await expect(orders.place(buyer, input)).rejects.toThrow(/Nothing was ordered or charged/);
    await expect(orders.place(buyer, input)).rejects.toThrow(/"code":"UNAVAILABLE"/);
    orders.shop.shippingIsAway = false;
    expect((await orders.place(buyer, input)).order.status).toBe('PLACED');
  });

  test('for more than an order can hold', async () => {
    orders.shop.prices.set('yacht', { amountMinor: 2_147_483_600, currency: 'EUR' });
    const { order, errors } = await orders.place(await orders.fill(account('rich'), { yacht: 1 }));
    expect(order).toBeNull();
    expect(only(errors)).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/several/) as unknown,
    });
  });
});

test('lines from before weights were kept are weighed when their cart is next looked at', async () => {
  const buyer = await orders.fill(account('regular'), { lamp: 1 });
  const client = new pg.Client({ connectionString: orders.database.url });
  await client.connect();
  await client.query('UPDATE cart_lines SET weight_grams = NULL');
  await client.end();

  orders.shop.productsAreAway = true;
  await orders.place(buyer, { shippingOptionId: 'drone' });
  expect(orders.shop.enquiries.at(-1)).toMatchObject({ cart: { lines: [{ variant: null }] } });
  orders.shop.productsAreAway = false;
  expect((await orders.place(buyer)).order.status).toBe('PLACED');
  expect(orders.shop.enquiries.at(-1)).toMatchObject({
    cart: { lines: [{ variant: { weightGrams: WEIGHT_GRAMS } }] },
  });
});
