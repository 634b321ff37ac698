import { randomUUID } from 'node:crypto';
import { atOnce } from './at-once.mjs';
import { ADD, NEW_CART } from './operations.mjs';

const AT_ONCE = 8;

/** Makes guests' carts with some lines each. @returns each one's token and variants */
export const fillCarts = (shop, { variants }, { count, lines }) =>
  atOnce(Array.from({ length: count }), AT_ONCE, async (_, number) => {
    const chosen = Array.from(
      { length: lines },
      (_line, index) => variants[(number * lines + index) % variants.length],
    );
    const [first, ...rest] = chosen;
    const { addToCart } = await shop.ask(NEW_CART, { input: { variantId: first, quantity: 1 } });
    const { token } = addToCart.cart;
    for (const variantId of rest) {
      await shop.ask(ADD, { input: { variantId, quantity: 1 } }, { 'x-cart-token': token });
    }
    return { token, variants: chosen };
  });

/** The input of `placeOrder` for a cart: each call buys with a key of its own. */
export const orderInput = () => ({
  idempotencyKey: randomUUID(),
  email: 'guest@example.test',
  shippingAddress: {
    name: 'Grace Hopper',
    line1: '1 Harbour Street',
    city: 'Hamburg',
    postalCode: '20095',
    country: 'DE',
  },
  paymentToken: 'tok_approve',
});
