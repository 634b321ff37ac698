import { AppError } from '@souk/kit/errors';
import { looksLikeCardNumber } from '@souk/kit/secrets';
import { type Buyer, hashToken } from '../domain/buyer.js';
import { amountProblem, cartProblem, subtotalOf } from '../domain/cart.js';
import {
  type CheckoutError,
  cartEmpty,
  idempotencyConflict,
  invalidInput,
  notFound,
  placementError,
  shippingOptionUnavailable,
} from '../domain/checkout-error.js';
import {
  type CheckoutInput,
  canonicalCheckout,
  checkoutProblems,
  fingerprintOf,
} from '../domain/checkout-input.js';
import { type OrderRecord, asPlaced } from '../domain/order-record.js';
import { isUndecided, placementOf } from '../domain/placement.js';
import { type ShippingOffer, chosenOffer } from '../domain/shipping-rates.js';
import { type OrderWait, awaitOrder } from '../store/await-order.js';
import type { OwnedCart } from '../store/carts.js';
import type { NewOrder } from '../store/insert-orders.js';
import { findPlacement } from '../store/placements.js';
import type { CommandDeps, CommandRequest } from './command-deps.js';
import { type CurrentCart, currentCart, settleBuyer } from './current-cart.js';

/** The outcome of an order mutation. */
export interface OrderOutcome {
  readonly order: OrderRecord | null;
  readonly errors: readonly CheckoutError[];
}

const refused = (...errors: CheckoutError[]): OrderOutcome => ({ order: null, errors });

/**
 * Buys what is in the cart. The idempotency key is looked up before anything else: it answers for ever with the
 * outcome of its first use, or with a conflict. Refusals before an order exists (bad input, an empty cart, a way of
 * sending that is not offered) leave the key unused.
 *
 * @throws AppError UNAVAILABLE if a database, or what sending costs, cannot be reached, BAD_USER_INPUT for a card number
 * in the place of a token; the key is then still good
 */
export async function placeOrder(
  deps: CommandDeps,
  request: CommandRequest,
  rawInput: Parameters<typeof canonicalCheckout>[0],
): Promise<OrderOutcome> {
  refuseCardNumber(rawInput.paymentToken);
  const deadline = Date.now() + deps.placementWaitMs;
  const input = canonicalCheckout(rawInput);
  const buyer = await settleBuyer(deps, request);
  const fingerprint = fingerprintOf(input, buyer);
  const earlier = await answerOfEarlierUse(deps, input.idempotencyKey, fingerprint, deadline);
  if (earlier) return earlier;

  const problems = checkoutProblems(input);
  if (problems.length > 0)
    return refused(...problems.map(({ message, path }) => invalidInput(message, path)));
  const cart = await currentCart(deps, request);
  if (!cart || cart.lines.length === 0) return refused(cartEmpty());
  const problem = problemOf(cart);
  if (problem) return refused(problem);

  const subtotal = subtotalOf(cart.lines);
  const { country } = input.shippingAddress;
  const offers = await deps.shippingRates.offersFor({
    cartId: cart.id,
    lines: cart.lines,
    subtotal,
    country,
  });
  const shipping = chosenOffer(offers, input.shippingOptionId);
  if (!shipping) return refused(shippingOptionUnavailable(offers));
  const tooMuch = amountProblem(subtotal.amountMinor + shipping.price.amountMinor);
  if (tooMuch !== null) return refused(invalidInput(tooMuch));

  const order = toNewOrder(deps, { input, fingerprint, buyer, cart, shipping });
  const wait = awaitPlacement(deps, order.id, deadline);
  try {
    if (await deps.insertOrder(order)) {
      // If the time was up before the order was written, the look that ended the wait did not see it.
      const placed = (await wait.outcome) ?? (await deps.readOrder(order.id));
      return answer(placed && asPlaced(placed));
    }
  } catch (error) {
    wait.cancel();
    throw error;
  }
  // Somebody used the key between our look and our insert.
  wait.cancel();
  return (
    (await answerOfEarlierUse(deps, input.idempotencyKey, fingerprint, deadline)) ??
    refused(idempotencyConflict())
  );
}

/**
 * Before anything is looked up or written, and as a failure rather than a refusal: what is answered with is kept under
 * idempotency keys, and not even a hash of this is to be kept.
 */
function refuseCardNumber(paymentToken: string): void {
  if (!looksLikeCardNumber(paymentToken)) return;
  throw new AppError(
    'BAD_USER_INPUT',
    "The paymentToken looks like a card number. Send the token that the payment provider's form gives, never the card.",
  );
}

async function answerOfEarlierUse(
  deps: CommandDeps,
  key: string,
  fingerprint: Buffer,
  deadline: number,
): Promise<OrderOutcome | undefined> {
  const earlier = await findPlacement(deps.database.pool, key);
  if (!earlier) return undefined;
  if (!earlier.fingerprint.equals(fingerprint)) return refused(idempotencyConflict());
  const wait = awaitPlacement(deps, earlier.orderId, deadline);
  wait.look();
  return answer(await wait.outcome);
}

/** Until stock and payment have decided, or the buyer is needed to go on. */
const awaitPlacement = (deps: CommandDeps, orderId: string, deadline: number): OrderWait =>
  awaitOrder(deps, orderId, {
    timeoutMs: deadline - Date.now(),
    isSettled: (order) => !isUndecided(order),
    // Being received and having its stock set aside are the first two versions of an order.
    isWorthALook: ({ status, version }) => status !== 'PENDING' || version > 2,
  });

/** An order that is still undecided is given as it is, PENDING. */
function answer(order: OrderRecord | null): OrderOutcome {
  const error = order && placementError(placementOf(order));
  return error ? refused(error) : { order, errors: [] };
}

/** A variant that has gone from the catalogue keeps its last price in the cart, but cannot be bought. */
function problemOf(cart: CurrentCart): CheckoutError | undefined {
  if (cart.gone.length > 0) {
    return notFound('An item of your cart is not sold any more. Remove it and order again.', []);
  }
  const problem = cartProblem(cart.lines);
  return problem === null ? undefined : invalidInput(problem);
}

function toNewOrder(
  deps: CommandDeps,
  from: { input: CheckoutInput; fingerprint: Buffer; buyer: Buyer; cart: OwnedCart; shipping: ShippingOffer },
): NewOrder {
  const { input, fingerprint, buyer, cart, shipping } = from;
  const { amountMinor, currency } = subtotalOf(cart.lines);
  const id = deps.newId();
  const at = deps.clock();
  return {
    id,
    input,
    fingerprint,
    customerId: buyer.kind === 'account' ? buyer.userId : null,
    cartId: cart.id,
    lines: cart.lines.map(({ variantId, quantity, unitPrice }) => ({
      variantId,
      quantity,
      unitPriceMinor: unitPrice.amountMinor,
    })),
    total: { amountMinor: amountMinor + shipping.price.amountMinor, currency },
    shippingMinor: shipping.price.amountMinor,
    shippingOptionId: shipping.optionId,
    accessTokenHash: hashToken(deps.accessTokenOf(id)),
    at,
    decideBy: new Date(at.getTime() + deps.placementDeadlineMs),
  };
}
