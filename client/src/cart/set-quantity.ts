import type { CartFieldsFragment } from '@/__generated__/graphql.js';

/**
 * The cart as the server will answer once it has set a line's quantity; 0 removes the line.
 *
 * @example setQuantity(cart, 'line-1', 3)
 */
export function setQuantity(cart: CartFieldsFragment, lineId: string, quantity: number): CartFieldsFragment {
  const lines = cart.lines
    .map((line) =>
      line.id === lineId ? { ...line, quantity, total: times(line.unitPrice, quantity) } : line,
    )
    .filter((line) => line.quantity > 0);
  const sum = lines.reduce((minor, line) => minor + line.total.amountMinor, 0);
  return {
    ...cart,
    lines,
    itemCount: lines.reduce((count, line) => count + line.quantity, 0),
    subtotal: { ...cart.subtotal, amountMinor: sum },
  };
}

const times = <Money extends { amountMinor: number }>(price: Money, quantity: number): Money => ({
  ...price,
  amountMinor: price.amountMinor * quantity,
});
