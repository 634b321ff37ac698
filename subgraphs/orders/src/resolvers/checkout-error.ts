import type { CheckoutError as DomainError } from '../domain/checkout-error.js';
import type { CheckoutErrorResolvers } from '../__generated__/resolvers-types.js';

const TYPE_OF = {
  OUT_OF_STOCK: 'OutOfStockError',
  CART_EMPTY: 'CartEmptyError',
  PAYMENT_DECLINED: 'PaymentDeclinedError',
  SHIPPING_OPTION_UNAVAILABLE: 'ShippingOptionUnavailableError',
  IDEMPOTENCY_CONFLICT: 'IdempotencyConflictError',
  INVALID_TRANSITION: 'InvalidTransitionError',
  RETURN_PERIOD_OVER: 'ReturnPeriodOverError',
  INVALID_INPUT: 'InvalidRequestError',
  NOT_FOUND: 'InvalidRequestError',
  ORDER_CANCELLED: 'InvalidRequestError',
  TIMED_OUT: 'InvalidRequestError',
} as const satisfies Record<DomainError['code'], string>;

export const CheckoutError: CheckoutErrorResolvers = {
  __resolveType: ({ code }) => TYPE_OF[code],
};
