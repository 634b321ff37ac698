import type { Decline, Money } from '../domain/intent.js';

/** What every call brings with it. */
export interface ProviderCall {
  readonly orderId: string;
  readonly amount: Money;
  /** The same for every attempt at one operation of one order: a provider does it once and answers alike. */
  readonly idempotencyKey: string;
  /** Aborted when this process stops; the call is then made again by the next one. */
  readonly signal: AbortSignal;
}

/** A call about a payment that the provider knows. */
export interface FollowUpCall extends ProviderCall {
  /** The provider's own name of the payment. */
  readonly reference: string;
}

/** How an authorisation stands. */
export type Authorization =
  | { readonly outcome: 'APPROVED'; readonly reference: string }
  | { readonly outcome: 'DECLINED'; readonly decline: Decline }
  /** The shopper has to confirm at `url`: `lookUp` tells how that ended. */
  | { readonly outcome: 'CHALLENGED'; readonly reference: string; readonly url: string }
  /** It was let go, or ran out. */
  | { readonly outcome: 'GONE'; readonly reason: string };

/** How a capture ended. Refused means that the hold is gone for good. */
export type Capture =
  { readonly outcome: 'CAPTURED' } | { readonly outcome: 'REFUSED'; readonly reason: string };

/** How letting a hold go ended: it may have been captured meanwhile, by somebody in the provider's own office. */
export type Release = { readonly outcome: 'RELEASED' } | { readonly outcome: 'CAPTURED' };

/** How a refund stands. PENDING: the same call, made later, tells more. */
export type RefundAnswer =
  | { readonly outcome: 'REFUNDED' }
  | { readonly outcome: 'PENDING' }
  | { readonly outcome: 'REFUSED'; readonly reason: string };

/**
 * Whoever moves the money. A call that resolves is final; one that rejects may or may not have worked and is repeated
 * with growing pauses, under the same idempotency key. A call should end within 20 seconds.
 */
export interface PaymentProvider {
  /** Holds the amount. @throws ProviderUnavailable or anything else: ask again */
  authorize(call: ProviderCall & { readonly paymentToken: string }): Promise<Authorization>;
  /** How a payment stands that waited for the shopper. Changes nothing. */
  lookUp(call: FollowUpCall): Promise<Authorization>;
  /** Takes all that is held. */
  capture(call: FollowUpCall): Promise<Capture>;
  /** Lets the hold go, or ends the challenge. */
  void(call: FollowUpCall): Promise<Release>;
  /** Gives `amount` back. */
  refund(call: FollowUpCall & { readonly refundId: string; readonly reason: string }): Promise<RefundAnswer>;
}

/** The provider did not answer, or asks to come again later. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
  /** How long it wants to be left alone, in milliseconds. */
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs = 0, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * The key of an operation of an order.
 *
 * @example idempotencyKeyOf('o1', 'CAPTURE') // 'o1:capture'
 * @example idempotencyKeyOf('o1', 'REFUND', 'r1') // 'o1:refund:r1'
 */
export const idempotencyKeyOf = (orderId: string, operation: string, refundId?: string): string =>
  [orderId, operation.toLowerCase(), ...(refundId === undefined ? [] : [refundId])].join(':');
