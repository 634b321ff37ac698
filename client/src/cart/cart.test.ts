import { beforeEach, describe, expect, it } from 'vitest';
import { cartLine, cartOf } from '@/__fixtures__/samples.js';
import { type Answers, openTestShop } from '@/__fixtures__/test-shop.js';
import { useCartStore } from './cart-store.js';
import { useCartChanges } from './use-cart-changes.js';
import { useCart } from './use-cart.js';

describe('the cart', () => {
  let answers: Answers;
  let shop: ReturnType<typeof openTestShop>;
  const openCart = () => shop.run(() => ({ ...useCart(), ...useCartChanges() }));

  beforeEach(() => {
    answers = { cart: cartOf(cartLine('a', 1, 1000), cartLine('b', 2, 500)) };
    shop = openTestShop(answers);
  });

  it('asks for nothing while there can be no cart', () => {
    const { isEmpty } = openCart();
    expect(isEmpty.value).toBe(true);
    expect(shop.arrived).toEqual([]);
  });

  it('keeps the token of the first cart and sends it from then on', async () => {
    const cart = openCart();
    answers['addToCart'] = { cart: cartOf(cartLine('a', 1, 1000)), errors: [] };
    expect(await cart.add('variant-a', 1)).toBeUndefined();
    await expect.poll(() => cart.itemCount.value).toBe(1);

    cart.reload();
    await expect.poll(() => shop.arrived.at(-1)?.headers.get('x-cart-token')).toBe('cart-token');
  });

  describe('with something in it', () => {
    beforeEach(() => {
      useCartStore().token = 'cart-token';
    });

    it('shows a new quantity before the server has answered', async () => {
      const cart = openCart();
      await expect.poll(() => cart.itemCount.value).toBe(3);
      let answer: (payload: unknown) => void = () => undefined;
      answers['updateCartLine'] = () => new Promise((resolve) => (answer = resolve));

      const change = cart.setQuantity('a', 4);
      await expect.poll(() => cart.itemCount.value).toBe(6);
      expect(cart.cart.value?.subtotal.amountMinor).toBe(5000);

      await expect.poll(() => shop.operations()).toContain('UpdateCartLine');
      answer({ cart: cartOf(cartLine('a', 4, 1000), cartLine('b', 2, 500)), errors: [] });
      expect(await change).toBeUndefined();
      expect(cart.itemCount.value).toBe(6);
    });

    it('takes a refused change back and says why', async () => {
      const cart = openCart();
      await expect.poll(() => cart.itemCount.value).toBe(3);
      const refusal = {
        __typename: 'InvalidRequestError',
        code: 'INVALID_INPUT',
        message: 'At most 99.',
        path: [],
      };
      answers['updateCartLine'] = { cart: null, errors: [refusal] };

      expect(await cart.setQuantity('a', 100)).toBe('At most 99.');
      await expect.poll(() => cart.itemCount.value).toBe(3);
    });

    it('goes on with prices and quantities while the catalogue is away', async () => {
      answers['cart'] = {
        ...cartOf(cartLine('a', 1, 1000)),
        lines: [{ ...cartLine('a', 1, 1000), variant: () => Promise.reject(new Error('away')) }],
      };
      const cart = openCart();
      await expect.poll(() => cart.problem.value).toBe('partial');
      expect(cart.cart.value?.subtotal.amountMinor).toBe(1000);
      expect(cart.lines.value).toMatchObject([{ id: 'a', quantity: 1, variant: null }]);
    });
  });
});
