import { describe, expect, it } from 'vitest';
import type { CartFieldsFragment } from '@/__generated__/graphql.js';
import { cartLine, cartOf } from '@/__fixtures__/samples.js';
import { setQuantity } from './set-quantity.js';

describe('setQuantity', () => {
  // The sample's currency is a plain string.
  const cart = cartOf(cartLine('a', 1, 1999), cartLine('b', 2, 500)) as CartFieldsFragment;

  it('adds up again', () => {
    const after = setQuantity(cart, 'a', 3);
    expect(after).toMatchObject({
      itemCount: 5,
      subtotal: { amountMinor: 3 * 1999 + 1000, currency: 'EUR' },
    });
    expect(after.lines[0]?.total.amountMinor).toBe(5997);
  });

  it('removes a line with none left, and leaves the original alone', () => {
    expect(setQuantity(cart, 'b', 0)).toMatchObject({ itemCount: 1, lines: [{ id: 'a' }] });
    expect(cart.lines).toHaveLength(2);
  });

  it('changes nothing for a line that is not there', () => {
    expect(setQuantity(cart, 'z', 9)).toEqual(cart);
  });
});
