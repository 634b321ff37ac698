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
 * REQUESTED: the provider has been or is being asked.
 */
export type IntentStatus =
  'NEW' | 'REQUESTED' | 'AUTHORIZED' | 'DECLINED' | 'CAPTURED' | 'VOIDED' | 'REFUNDED';

/** Where a payment shall get to. It only moves to the right: what is to be undone is never captured later. */
export type Goal = 'AUTHORIZED' | 'CAPTURED' | 'UNDONE';

/** One order's payment. */
export interface Intent {
  readonly status: IntentStatus;
  readonly goal: Goal;
  /** Grows with each event that others are told of. */
  readonly version: number;
  readonly charge: Charge | null;
  readonly declineReason: string | null;
  /** The provider's own name of the payment. */
  readonly providerReference: string | null;
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
  declineReason: null,
  providerReference: null,
  operation: null,
  attempts: 0,
};

/** What a provider can be asked for. */
export type Operation = 'AUTHORIZE' | 'CAPTURE' | 'VOID' | 'REFUND';

/**
 * What the provider is to be asked for, so that the payment comes nearer to its goal; null if nothing.
 *
 * An operation that was begun is always finished first, even if the goal has changed meanwhile: whether it worked is
 * known only from its answer. So a payment that is to be undone while its authorisation is under way is authorised,
 * under the same idempotency key, and then voided.
 */
export function nextOperation({ status, goal, operation, attempts }: Intent): Operation | null {
  if (operation && attempts > 0) return operation;
  if (status === 'REQUESTED') return 'AUTHORIZE';
  if (status === 'AUTHORIZED' && goal === 'CAPTURED') return 'CAPTURE';
  if (status === 'AUTHORIZED' && goal === 'UNDONE') return 'VOID';
  if (status === 'CAPTURED' && goal === 'UNDONE') return 'REFUND';
  return null;
}
