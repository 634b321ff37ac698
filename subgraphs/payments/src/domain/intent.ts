import type { Refund } from './refund.js';

/** ISO 4217 codes of the currencies that Souk trades in. */
export type Currency = 'EUR' | 'GBP' | 'USD';

/** Exact money: integer minor units, never a float. */
export interface Money {
  readonly amountMinor: number;
  readonly currency: Currency;
}

/** What is to be paid, by whom and with what. */
export interface Charge {
  readonly amount: Money;
  /** The account that pays; null for a guest. */
  readonly customerId: string | null;
  /** What the provider's form returned. Good for one use. */
  readonly paymentToken: string;
}

/**
 * Where an order's payment stands. NEW: nothing is known but a wish that overtook the request to authorise.
 * REQUESTED: the provider has been or is being asked. CHALLENGED: the shopper has to confirm with their bank.
 * LAPSED: the hold is gone although the amount was to be taken.
 */
export type IntentStatus =
  | 'NEW'
  | 'REQUESTED'
  | 'CHALLENGED'
  | 'AUTHORIZED'
  | 'DECLINED'
  | 'CAPTURED'
  | 'LAPSED'
  | 'VOIDED'
  | 'REFUNDED';

/** Where a payment shall get to. It only moves to the right: what is to be undone is never captured later. */
export type Goal = 'AUTHORIZED' | 'CAPTURED' | 'UNDONE';

/** Why the provider refused, for programs. */
export type DeclineCode =
  'DECLINED' | 'INSUFFICIENT_FUNDS' | 'EXPIRED_CARD' | 'INVALID_TOKEN' | 'CHALLENGE_FAILED';

/** A refusal, for programs and for the shopper. */
export interface Decline {
  readonly code: DeclineCode;
  readonly reason: string;
}

/** One order's payment. */
export interface Intent {
  readonly status: IntentStatus;
  readonly goal: Goal;
  /** Grows with each event that others are told of. */
  readonly version: number;
  readonly charge: Charge | null;
  /** Set when the provider refused to hold the amount, or to take it. */
  readonly decline: Decline | null;
  /** Where the shopper confirms; null unless CHALLENGED. */
  readonly challengeUrl: string | null;
  /** The provider's own name of the payment. */
  readonly providerReference: string | null;
  /** Oldest first. */
  readonly refunds: readonly Refund[];
  /** What the provider is being asked for, or is to be asked for next; null if nothing is to be done. */
  readonly operation: Operation | null;
  /** How often it was asked for that. */
  readonly attempts: number;
}

/** A payment that nobody has spoken of yet. */
export const NO_INTENT: Intent = {
  status: 'NEW',
  goal: 'AUTHORIZED',
  version: 0,
  charge: null,
  decline: null,
  challengeUrl: null,
  providerReference: null,
  refunds: [],
  operation: null,
  attempts: 0,
};

/** What a provider can be asked for. LOOK_UP only asks how a payment stands that waits for the shopper. */
export type Operation = 'AUTHORIZE' | 'LOOK_UP' | 'CAPTURE' | 'VOID' | 'REFUND';

/** True for a payment that will never move again. */
export const isOver = ({ status }: Pick<Intent, 'status'>): boolean =>
  status === 'DECLINED' || status === 'LAPSED' || status === 'VOIDED' || status === 'REFUNDED';
