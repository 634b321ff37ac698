import type { Intent } from './intent.js';

/** A part of what was captured, or all of it, on its way back. */
export interface Refund {
  /** Unique within the order: asking again under the same id changes nothing. */
  readonly id: string;
  readonly amountMinor: number;
  readonly reason: string;
  readonly status: 'PENDING' | 'SUCCEEDED' | 'REFUSED';
  /** Why it was refused; null unless REFUSED. */
  readonly refusal: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** What somebody wants back. */
export type RefundWish = Pick<Refund, 'id' | 'amountMinor' | 'reason'>;

/** What was taken from the shopper, in minor units. */
export const capturedMinor = ({ status, charge }: Intent): number =>
  status === 'CAPTURED' || status === 'REFUNDED' ? (charge?.amount.amountMinor ?? 0) : 0;

/** What has been given back, in minor units. */
export const refundedMinor = ({ refunds }: Pick<Intent, 'refunds'>): number =>
  sum(refunds.filter(({ status }) => status === 'SUCCEEDED'));

/** What may still be asked back: captured, and neither given back nor on its way. In minor units. */
export const refundableMinor = (intent: Intent): number =>
  capturedMinor(intent) - sum(intent.refunds.filter(({ status }) => status !== 'REFUSED'));

/** The refund that the provider is asked for next: one at a time, oldest first. */
export const pendingRefund = ({ refunds }: Intent): Refund | undefined =>
  refunds.find(({ status }) => status === 'PENDING');

const REST = 'rest-';

/** True for the refund of all that is left when a payment is undone. */
export const isRest = ({ id }: Pick<Refund, 'id'>): boolean => id.startsWith(REST);

/** Another one each time: a provider that refused one is asked under a new key. */
export const nextRestId = ({ refunds }: Intent): string =>
  `${REST}${1 + Math.max(0, ...refunds.filter(isRest).map(({ id }) => Number(id.slice(REST.length))))}`;

const sum = (refunds: readonly Refund[]): number =>
  refunds.reduce((total, { amountMinor }) => total + amountMinor, 0);

/** Why a refund cannot be. */
export type RefundRefusal =
  | { readonly code: 'NOT_CAPTURED'; readonly reason: string }
  | { readonly code: 'UNDONE'; readonly reason: string }
  | { readonly code: 'EXCEEDS_CAPTURED'; readonly reason: string; readonly refundableMinor: number };

/**
 * Whether a part of the payment may be given back.
 *
 * @returns undefined if so
 */
export function refusalOf(amountMinor: number, intent: Intent): RefundRefusal | undefined {
  if (intent.status !== 'CAPTURED' && intent.status !== 'REFUNDED') {
    return {
      code: 'NOT_CAPTURED',
      reason: 'Nothing has been taken from the shopper, so nothing can be given back.',
    };
  }
  if (intent.goal === 'UNDONE') {
    return { code: 'UNDONE', reason: 'All that was taken is being given back already.' };
  }
  const left = refundableMinor(intent);
  if (amountMinor <= left) return undefined;
  return {
    code: 'EXCEEDS_CAPTURED',
    reason: `Only ${left} of the ${capturedMinor(intent)} minor units that were taken can still be given back.`,
    refundableMinor: left,
  };
}
