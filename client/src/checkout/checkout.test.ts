import { beforeEach, describe, expect, it } from 'vitest';
import { cartLine, cartOf } from '@/__fixtures__/samples.js';
import { type Answers, openTestShop } from '@/__fixtures__/test-shop.js';
import { useCartStore } from '@/cart/cart-store.js';
import { useCart } from '@/cart/use-cart.js';
import { useOrderKeys } from '@/orders/order-keys.js';
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

describe('checkout', () => {
  let answers: Answers;
  let shop: ReturnType<typeof openTestShop>;
  let checkout: ReturnType<typeof openCheckout>;
  const openCheckout = () => shop.run(() => ({ ...useCheckout(), ...useCart() }));
  const seeCart = () => expect.poll(() => checkout.itemCount.value).toBe(1);
  const orders = () => shop.arrived.filter(({ operation }) => operation === 'PlaceOrder');
  const keys = () =>
    orders().map(
      ({ variables }) => (variables as { input: { idempotencyKey: string } }).input.idempotencyKey,
    );

  beforeEach(() => {
    answers = { cart: cartOf(cartLine('a', 1, 1000)) };
    shop = openTestShop(answers);
    useCartStore().token = 'cart-token';
    checkout = openCheckout();
    Object.assign(checkout.form, { email: ' ada@souk.test ', address: { ...address } });
  });

  it('asks for what is missing before it asks the server', async () => {
    Object.assign(checkout.form, { email: 'ada', address: { ...address, city: ' ' } });
    expect(await checkout.submit()).toBe(false);
    expect(checkout.errors.value.map(({ field }) => field)).toEqual(['email', 'city']);
    expect(orders()).toEqual([]);
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
    await seeCart();
    answers['placeOrder'] = () => Promise.reject(new Error('lost'));
    expect(await checkout.submit()).toBe(false);
    expect(checkout.errors.value).toEqual([{ field: '', message: texts.problem.broken }]);

    checkout = openCheckout();
    Object.assign(checkout.form, { email: 'ada@souk.test', address: { ...address } });
    await seeCart();
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
