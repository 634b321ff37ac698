import type { Intent, Operation } from './intent.js';
import { pendingRefund } from './refund.js';

/**
 * What the provider is to be asked for, so that the payment comes nearer to its goal; null if nothing.
 *
 * An operation that was begun is always finished first, even if the goal has changed meanwhile: whether it worked is
 * known only from its answer. So a payment that is to be undone while its authorisation is under way is authorised,
 * under the same idempotency key, and then voided. Only a look may be broken off: it changes nothing.
 */
export function nextOperation(intent: Intent): Operation | null {
  const { status, goal, operation, attempts } = intent;
  if (operation && operation !== 'LOOK_UP' && attempts > 0) return operation;
  switch (status) {
    case 'REQUESTED':
      return 'AUTHORIZE';
    case 'CHALLENGED':
      return goal === 'UNDONE' ? 'VOID' : 'LOOK_UP';
    case 'AUTHORIZED':
      return ({ AUTHORIZED: null, CAPTURED: 'CAPTURE', UNDONE: 'VOID' } as const)[goal];
    case 'CAPTURED':
      return pendingRefund(intent) ? 'REFUND' : null;
    case 'NEW':
    case 'DECLINED':
    case 'LAPSED':
    case 'VOIDED':
    case 'REFUNDED':
      return null;
  }
}
