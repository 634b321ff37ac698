import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { cartLine, cartOf, sessionOf } from '@/__fixtures__/samples.js';
import { type Answers, openTestShop } from '@/__fixtures__/test-shop.js';
import { useCartStore } from '@/cart/cart-store.js';
import { useCart } from '@/cart/use-cart.js';
import { useCartChanges } from '@/cart/use-cart-changes.js';
import { useOrderKeys } from '@/orders/order-keys.js';
import { useSessionStore } from '@/session/session-store.js';
import { texts } from '@/texts/en.js';
import { useCheckout } from './use-checkout.js';

const placed = { id: 'order-1', number: 'S-1', status: 'PLACED', version: 2, accessToken: 'order-key' };
const address = {
  name: 'Ada',
  line1: 'Street 1',
  line2: '',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
};

const option = (id: string, amountMinor: number) => ({
  ...{ id, name: id, carrier: 'Kestrel', eta: '2026-12-01T10:00:00.000Z' },
  price: { amountMinor, currency: 'EUR' },
});
/** What is offered within the country, and what abroad. */
const shippingOptions = ({ country }: { country: string }) =>
  country === 'DE'
    ? [option('standard', 490), option('express', 990)]
    : [option('standard', 1_990), option('air', 2_990)];
const PATIENCE = { timeout: 20_000 };

describe('checkout', () => {
  let answers: Answers;
  let shop: ReturnType<typeof openTestShop>;
  let checkout: ReturnType<typeof openCheckout>;
  const openCheckout = () => shop.run(() => ({ ...useCheckout(), ...useCart() }));
  const seeTotal = (amountMinor: number) =>
    vi.waitFor(() => expect(checkout.amounts.value?.total?.amountMinor).toBe(amountMinor), PATIENCE);
  const orders = () => shop.arrived.filter(({ operation }) => operation === 'PlaceOrder');
  const keys = () =>
    orders().map(
      ({ variables }) => (variables as { input: { idempotencyKey: string } }).input.idempotencyKey,
    );

  beforeEach(async () => {
    answers = { cart: { ...cartOf(cartLine('a', 1, 1000)), shippingOptions } };
    shop = openTestShop(answers);
    useCartStore().token = 'cart-token';
    checkout = openCheckout();
    Object.assign(checkout.form, { email: ' ada@souk.test ', address: { ...address } });
    await seeTotal(1_490);
  });

  it('adds up what sending costs as it is chosen, and sends the choice', async () => {
    expect(checkout.form.shippingOptionId).toBe('standard');
    checkout.form.shippingOptionId = 'express';
    expect(checkout.amounts.value).toMatchObject({
      subtotal: { amountMinor: 1_000 },
      shipping: { amountMinor: 990 },
      total: { amountMinor: 1_990, currency: 'EUR' },
    });
    answers['placeOrder'] = { order: placed, errors: [] };
    expect(await checkout.submit()).toBe(true);
    expect(orders()[0]?.variables).toMatchObject({ input: { shippingOptionId: 'express' } });
  });

  it('asks again for another country, and never shows the price of the one before', async () => {
    checkout.form.shippingOptionId = 'express';
    checkout.form.address.country = 'US';
    await nextTick();
    expect(checkout.amounts.value?.total).toBeUndefined();
    await seeTotal(2_990);
    expect(checkout.form.shippingOptionId).toBe('standard');
    checkout.form.shippingOptionId = 'air';
    checkout.form.address.country = 'DE';
    await seeTotal(1_490);
  });

  it('asks again once the cart has changed, and keeps the choice while it is offered', async () => {
    checkout.form.shippingOptionId = 'express';
    const heavier = () => [option('standard', 690), option('express', 1_290)];
    const cart = { ...cartOf(cartLine('a', 2, 1000)), shippingOptions: heavier };
    answers['cart'] = cart;
    answers['updateCartLine'] = { cart, errors: [] };
    await shop.run(useCartChanges).setQuantity('a', 2);
    await seeTotal(3_290);
    expect(checkout.form.shippingOptionId).toBe('express');
  });

  it('takes no order whose price of sending is not known', async () => {
    answers['cart'] = { ...cartOf(cartLine('a', 1, 1000)), shippingOptions: () => [] };
    checkout.form.address.country = 'FR';
    await vi.waitFor(() => expect(checkout.shipping.isLoading.value).toBe(false), PATIENCE);
    expect(await checkout.submit()).toBe(false);
    expect(checkout.errors.value).toEqual([{ field: '', message: texts.checkout.noDelivery }]);
    expect(orders()).toEqual([]);
  });

  it('asks for what is offered when the choice no longer is', async () => {
    answers['placeOrder'] = {
      order: null,
      errors: [
        {
          __typename: 'ShippingOptionUnavailableError',
          code: 'SHIPPING_OPTION_UNAVAILABLE',
          message: 'Not in that way.',
          path: ['shippingOptionId'],
          offeredOptionIds: ['express'],
        },
      ],
    };
    answers['cart'] = { ...cartOf(cartLine('a', 1, 1000)), shippingOptions: () => [option('express', 990)] };
    expect(await checkout.submit()).toBe(false);
    expect(checkout.refusals.value).toMatchObject([{ code: 'SHIPPING_OPTION_UNAVAILABLE' }]);
    await seeTotal(1_990);
    expect(checkout.form.shippingOptionId).toBe('express');
  });

  it('is ready for a guest at once, for an account when its addresses are known', async () => {
    expect(checkout.isReady.value).toBe(true);
    let tell: (viewer: object) => void = () => undefined;
    answers['viewer'] = new Promise((resolve) => (tell = resolve));
    useSessionStore().start(sessionOf('ada') as never); // what a test needs of a session
    await vi.waitFor(() => expect(shop.operations()).toContain('Profile'), PATIENCE);
    expect(checkout.isReady.value).toBe(false);
    tell({ ...sessionOf('ada').user, createdAt: '2026-11-22T09:00:00.000Z', addresses: [] });
    await vi.waitFor(() => expect(checkout.isReady.value).toBe(true), PATIENCE);
  });

  it('asks for what is missing before it asks the server', async () => {
    Object.assign(checkout.form, { email: 'ada', address: { ...address, city: ' ' } });
    expect(await checkout.submit()).toBe(false);
    expect(checkout.errors.value.map(({ field }) => field)).toEqual(['email', 'city']);
    expect(orders()).toEqual([]);
    checkout.form.email = 'ada@souk.test';
    expect(checkout.errors.value.map(({ field }) => field)).toEqual(['city']);
    checkout.form.email = ' ';
    await checkout.submit();
    expect(checkout.errors.value[0]).toEqual({ field: 'email', message: texts.checkout.required });
  });

  it('remembers the key to a guest’s order', async () => {
    answers['placeOrder'] = { order: placed, errors: [] };
    expect(await checkout.submit()).toBe(true);
    expect(shop.run(useOrderKeys).keyOf('order-1')).toBe('order-key');
    expect(orders()[0]?.variables).toMatchObject({
      input: { email: 'ada@souk.test', paymentToken: 'tok_approve', shippingAddress: { city: 'Berlin' } },
    });
  });

  it('repeats a request that got lost under the same key, also after a reload', async () => {
    answers['placeOrder'] = () => Promise.reject(new Error('lost'));
    expect(await checkout.submit()).toBe(false);
    expect(checkout.errors.value).toEqual([{ field: '', message: texts.problem.broken }]);

    checkout = openCheckout();
    Object.assign(checkout.form, { email: 'ada@souk.test', address: { ...address } });
    await seeTotal(1_490);
    answers['placeOrder'] = { order: placed, errors: [] };
    expect(await checkout.submit()).toBe(true);
    expect(keys()[1]).toBe(keys()[0]);
  });

  it('takes a new key after a declined card', async () => {
    const declined = {
      __typename: 'PaymentDeclinedError',
      code: 'PAYMENT_DECLINED',
      message: 'No.',
      path: [],
      reason: 'funds',
    };
    answers['placeOrder'] = { order: null, errors: [declined] };
    expect(await checkout.submit()).toBe(false);
    expect(checkout.refusals.value).toMatchObject([{ code: 'PAYMENT_DECLINED' }]);

    answers['placeOrder'] = { order: placed, errors: [] };
    // The cart is looked at again after any answer: its prices may have changed.
    await seeTotal(1_490);
    checkout.form.paymentToken = 'tok_approve';
    await checkout.submit();
    expect(new Set(keys()).size).toBe(2);
  });

  it('puts the server’s objection beside its field', async () => {
    const objection = {
      __typename: 'InvalidRequestError',
      code: 'INVALID_INPUT',
      message: 'No such code.',
      path: ['shippingAddress', 'postalCode'],
    };
    answers['placeOrder'] = { order: null, errors: [objection] };
    await checkout.submit();
    expect(checkout.errors.value).toEqual([{ field: 'postalCode', message: 'No such code.' }]);
    expect(checkout.refusals.value).toEqual([]);
  });

  it('settles a used-up key by itself', async () => {
    const conflict = {
      __typename: 'IdempotencyConflictError',
      code: 'IDEMPOTENCY_CONFLICT',
      message: 'Used.',
      path: [],
    };
    answers['placeOrder'] = () =>
      orders().length === 1 ? { order: null, errors: [conflict] } : { order: placed, errors: [] };
    expect(await checkout.submit()).toBe(true);
    expect(new Set(keys()).size).toBe(2);
  });
});
