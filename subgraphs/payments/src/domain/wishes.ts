import { looksLikeCardNumber } from '@souk/kit/secrets';
import type { Charge, Intent } from './intent.js';
import { isOver } from './intent.js';
import type { IntentEvent } from './intent-event.js';
import { type Refund, type RefundWish, refusalOf } from './refund.js';

/** What follows from the wish to hold an amount. */
export function requestAuthorization(charge: Charge, intent: Intent): readonly IntentEvent[] {
  const isCard = looksLikeCardNumber(charge.paymentToken);
  const safe = isCard ? { ...charge, paymentToken: '' } : charge;
  // The wish to undo it came first: it was over before it was known.
  if (intent.goal === 'UNDONE' && intent.charge === null) return [{ type: 'ChargeNoted', charge: safe }];
  if (intent.status !== 'NEW') return [];
  return isCard
    ? [
        { type: 'AuthorizationRequested', charge: safe },
        { type: 'Declined', decline: A_CARD_NUMBER },
      ]
    : [{ type: 'AuthorizationRequested', charge }];
}

const A_CARD_NUMBER = {
  code: 'INVALID_TOKEN',
  reason:
    "This looks like a card number. Send the token that the payment provider's form gives, never the card.",
} as const;

/** What follows from the wish to take what is held. */
export function requestCapture(intent: Intent): readonly IntentEvent[] {
  if (intent.goal !== 'AUTHORIZED') return [];
  // The hold had gone before: whoever asks now is told now.
  if (intent.status === 'LAPSED')
    return [{ type: 'CaptureRequested' }, { type: 'CaptureRefused', reason: intent.decline?.reason ?? '' }];
  return isOver(intent) ? [] : [{ type: 'CaptureRequested' }];
}

/** What follows from the wish to undo a payment. It is repeated if the provider refused to give money back. */
export function requestUndo(intent: Intent): readonly IntentEvent[] {
  const { status, goal, attempts } = intent;
  if (goal === 'UNDONE' && status !== 'CAPTURED') return [];
  if (goal === 'UNDONE' && intent.refunds.some((refund) => refund.status === 'PENDING')) return [];
  const isUnknownToProvider = status === 'NEW' || (status === 'REQUESTED' && attempts === 0);
  return isUnknownToProvider ? [{ type: 'UndoRequested' }, { type: 'Voided' }] : [{ type: 'UndoRequested' }];
}

/** What follows from the wish to give a part of the money back. */
export function requestRefund(wish: RefundWish, intent: Intent, at: string): readonly IntentEvent[] {
  if (intent.refunds.some(({ id }) => id === wish.id)) return [];
  const refusal = refusalOf(wish.amountMinor, intent);
  const refund: Refund = { ...wish, status: 'PENDING', refusal: null, createdAt: at };
  return refusal
    ? [{ type: 'RefundRefused', refund: { ...refund, status: 'REFUSED', refusal: refusal.reason } }]
    : [{ type: 'RefundBegun', refund }];
}
