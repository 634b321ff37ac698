import { newCartToken, hashToken } from '../domain/buyer.js';
import { MAX_QUANTITY, cartProblem } from '../domain/cart.js';
import { type CheckoutError, invalidInput, notFound, variantNotFound } from '../domain/checkout-error.js';
import type { Money } from '../domain/order.js';
import { type CartOwner, type OwnedCart, cartOf, putIntoCart, setLineQuantity } from '../store/carts.js';
import type { CommandDeps, CommandRequest } from './command-deps.js';
import { currentCart, settleBuyer } from './current-cart.js';

/** A cart as its owner gets it: a guest also gets the token that proves ownership. */
export interface CartView extends OwnedCart {
  readonly token: string | null;
}

/** The outcome of a cart mutation. */
export interface CartOutcome {
  readonly cart: CartView | null;
  readonly errors: readonly CheckoutError[];
}

const refused = (...errors: CheckoutError[]): CartOutcome => ({ cart: null, errors });
const changed = (cart: CartView): CartOutcome => ({ cart, errors: [] });

/** The cart for its owner, who sent the token if there is one. */
export const viewOf = (cart: OwnedCart, cartToken: string | undefined): CartView => ({
  ...cart,
  token: cart.owner.kind === 'guest' ? (cartToken ?? null) : null,
});

/**
 * Puts units of a variant into the cart, and makes the cart if there is none.
 *
 * @throws AppError UNAVAILABLE if the price cannot be asked for
 */
export async function addToCart(
  deps: CommandDeps,
  request: CommandRequest,
  { variantId, quantity }: { readonly variantId: string; readonly quantity: number },
): Promise<CartOutcome> {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) {
    return refused(invalidInput(`Choose 1 to ${MAX_QUANTITY} units.`, ['quantity']));
  }
  const quote = (await deps.catalogue.quote([variantId])).get(variantId);
  if (!quote) return refused(variantNotFound(['variantId']));
  const cart = await currentCart(deps, request);
  const problem = cart && cartProblem(linesWith(cart, { variantId, quantity, ...quote }));
  if (problem) return refused(invalidInput(problem, ['variantId']));

  const { owner, token } = cart
    ? { owner: cart.owner, token: request.cartToken }
    : await newOwner(deps, request);
  const cartId = cart?.id ?? deps.newId();
  const addition = { cartId, lineId: deps.newId(), variantId, quantity, ...quote, at: deps.clock() };
  await putIntoCart(deps.database.pool, owner, addition);
  return readBack(deps, owner, token);
}

function linesWith(
  cart: OwnedCart,
  addition: { readonly variantId: string; readonly quantity: number; readonly unitPrice: Money },
) {
  const { variantId, quantity, unitPrice } = addition;
  const present = cart.lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
  const others = cart.lines.filter((line) => line.variantId !== variantId);
  return [...others, { quantity: Math.min(MAX_QUANTITY, present + quantity), unitPrice }];
}

/** A token that names no cart is not adopted: whoever made it up could know it of somebody else's cart. */
async function newOwner(
  deps: CommandDeps,
  request: CommandRequest,
): Promise<{ owner: CartOwner; token: string | undefined }> {
  const buyer = await settleBuyer(deps, request);
  if (buyer.kind === 'account') return { owner: buyer, token: undefined };
  const token = newCartToken();
  return { owner: { kind: 'guest', tokenHash: hashToken(token) }, token };
}

async function readBack(
  deps: CommandDeps,
  owner: CartOwner,
  token: string | undefined,
): Promise<CartOutcome> {
  const cart = await cartOf(deps.database.pool, owner);
  if (!cart) return refused(notFound('The cart is gone. Put the item into a new one.', []));
  return changed(viewOf(cart, token));
}

/** Sets a line's quantity; 0 removes the line. */
export async function setCartLine(
  deps: CommandDeps,
  request: CommandRequest,
  { lineId, quantity }: { readonly lineId: string; readonly quantity: number },
): Promise<CartOutcome> {
  if (!Number.isInteger(quantity) || quantity < 0 || quantity > MAX_QUANTITY) {
    return refused(invalidInput(`Choose 0 to ${MAX_QUANTITY} units.`, ['quantity']));
  }
  const cart = await currentCart(deps, request);
  const lines = cart?.lines.map((line) => (line.id === lineId ? { ...line, quantity } : line)) ?? [];
  const problem = cartProblem(lines);
  if (problem) return refused(invalidInput(problem, ['quantity']));
  const change = cart && { cartId: cart.id, lineId, quantity, at: deps.clock() };
  if (!change || !(await setLineQuantity(deps.database.pool, change))) {
    return refused(notFound('This line is not in your cart (any more). Load the cart again.', ['lineId']));
  }
  return readBack(deps, cart.owner, request.cartToken);
}
