import type { Money, Operation } from '../domain/intent.js';

/** What every call brings with it. */
export interface ProviderCall {
  readonly orderId: string;
  readonly amount: Money;
  /** The same for every attempt at one operation of one order: a provider does it once and answers alike. */
  readonly idempotencyKey: string;
  /** Aborted when this process stops; the call is then made again by the next one. */
  readonly signal: AbortSignal;
}

/** How an authorisation ended. */
export type Authorization =
  | { readonly approved: true; /** The provider's own name of the payment. */ readonly reference: string }
  | { readonly approved: false; /** In words for the shopper. */ readonly reason: string };

/**
 * Whoever moves the money. A call that resolves is final; one that rejects may or may not have worked and is repeated
 * with growing pauses, under the same idempotency key. A call should end within 20 seconds.
 */
export interface PaymentProvider {
  authorize(call: ProviderCall & { readonly paymentToken: string }): Promise<Authorization>;
  capture(call: ProviderCall & { readonly reference: string }): Promise<void>;
  void(call: ProviderCall & { readonly reference: string }): Promise<void>;
  refund(call: ProviderCall & { readonly reference: string }): Promise<void>;
}

/** @example idempotencyKeyOf('o1', 'CAPTURE') // 'o1:capture' */
export const idempotencyKeyOf = (orderId: string, operation: Operation): string =>
  `${orderId}:${operation.toLowerCase()}`;
