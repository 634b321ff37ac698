import type { OrderFailure } from './order.js';
import type { InvalidTransition } from './order-command.js';
import type { OrderStatus } from './order-status.js';
import type { Placement } from './placement.js';
import type { ShippingOffer } from './shipping-rates.js';

interface Common {
  readonly message: string;
  /** Where in the input; empty when it concerns the whole. */
  readonly path: readonly string[];
}

/** An expected refusal of a cart or order mutation, as the schema tells it. */
export type CheckoutError = Common &
  (
    | { readonly code: 'OUT_OF_STOCK'; readonly variantId: string; readonly available: number }
    | { readonly code: 'PAYMENT_DECLINED'; readonly reason: string }
    | { readonly code: 'SHIPPING_OPTION_UNAVAILABLE'; readonly offeredOptionIds: readonly string[] }
    | {
        readonly code: 'INVALID_TRANSITION';
        readonly status: OrderStatus;
        readonly availableTransitions: readonly OrderStatus[];
      }
    | { readonly code: 'RETURN_PERIOD_OVER'; readonly returnableUntil: Date }
    | {
        readonly code:
          | 'CART_EMPTY'
          | 'IDEMPOTENCY_CONFLICT'
          | 'INVALID_INPUT'
          | 'NOT_FOUND'
          | 'ORDER_CANCELLED'
          | 'TIMED_OUT';
      }
  );

export const cartEmpty = (): CheckoutError => ({
  code: 'CART_EMPTY',
  message: 'The cart is empty. Put something into it first.',
  path: [],
});

export const idempotencyConflict = (): CheckoutError => ({
  code: 'IDEMPOTENCY_CONFLICT',
  message: 'This idempotency key was used with other input. Take a new key for a new order.',
  path: ['idempotencyKey'],
});

export const invalidInput = (message: string, path: readonly string[] = []): CheckoutError => ({
  code: 'INVALID_INPUT',
  message,
  path,
});

export const shippingOptionUnavailable = (offers: readonly ShippingOffer[]): CheckoutError => ({
  code: 'SHIPPING_OPTION_UNAVAILABLE',
  message:
    offers.length > 0
      ? 'This cart is not sent to this address in that way. Choose another one.'
      : 'This cart cannot be sent to this address. Give another one, or take something out.',
  path: ['shippingOptionId'],
  offeredOptionIds: offers.map(({ optionId }) => optionId),
});

export const notFound = (message: string, path: readonly string[]): CheckoutError => ({
  code: 'NOT_FOUND',
  message,
  path,
});

export const variantNotFound = (path: readonly string[]): CheckoutError =>
  notFound('This item is not sold here (any more). Choose another one.', path);

export const orderNotFound = (): CheckoutError =>
  notFound('There is no such order, or it is not yours. Sign in, or send its access token.', ['orderId']);

export const invalidTransition = ({ status, availableTransitions }: InvalidTransition): CheckoutError => ({
  code: 'INVALID_TRANSITION',
  message: `The order is ${status}, which does not allow this.${
    availableTransitions.length > 0 ? ` Possible now: ${availableTransitions.join(', ')}.` : ''
  }`,
  path: [],
  status,
  availableTransitions,
});

export const returnPeriodOver = (returnableUntil: Date): CheckoutError => ({
  code: 'RETURN_PERIOD_OVER',
  message: `This order could be returned until ${dayOf(returnableUntil)}. If something is wrong with it, ask the shop for help.`,
  path: [],
  returnableUntil,
});

/** For people, in UTC. */
const dayOf = (instant: Date): string =>
  instant.toLocaleDateString('en-IE', { dateStyle: 'long', timeZone: 'UTC' });

const placementFailed = (failure: OrderFailure): CheckoutError => {
  switch (failure.code) {
    case 'OUT_OF_STOCK':
      return {
        code: 'OUT_OF_STOCK',
        message:
          failure.available > 0
            ? `Only ${failure.available} of this item are left. Lower the quantity and order with a new key.`
            : 'This item is sold out. Remove it and order with a new key.',
        path: [],
        variantId: failure.variantId,
        available: failure.available,
      };
    case 'PAYMENT_DECLINED':
      return {
        code: 'PAYMENT_DECLINED',
        message: `The payment was refused: ${failure.reason} Try another way to pay, with a new key.`,
        path: ['paymentToken'],
        reason: failure.reason,
      };
    case 'TIMED_OUT':
      return {
        code: 'TIMED_OUT',
        message:
          'The order could not be decided in time and was undone; nothing was charged. Try again with a new key.',
        path: [],
      };
  }
};

/** Why a placement did not give an order; undefined if it did, or if that is not decided yet. */
export function placementError(placement: Placement): CheckoutError | undefined {
  switch (placement.outcome) {
    case 'ACCEPTED':
    case 'UNDECIDED':
      return undefined;
    case 'FAILED':
      return placementFailed(placement.failure);
    case 'CANCELLED':
      return {
        code: 'ORDER_CANCELLED',
        message: 'The order was called off while it was being placed.',
        path: [],
      };
  }
}
