import { defineEvents } from '@souk/kit/events';
import { z } from 'zod';

const ids = z.object({
  /** The order whose payment it is, and the aggregate. */
  orderId: z.string(),
  paymentId: z.string(),
});
const minor = z.number().int().min(0);
const money = ids.extend({ amountMinor: minor, currency: z.enum(['EUR', 'GBP', 'USD']) });

/** What payments tells others, by type. `amountMinor` is the order's total unless said otherwise. */
export const PUBLISHED = {
  'payment.challenge-required': money.extend({
    /** Where the shopper confirms: absolute, or below the shop's own address. */
    challengeUrl: z.string(),
  }),
  'payment.authorized': money,
  'payment.declined': money.extend({ code: z.string(), reason: z.string() }),
  'payment.captured': money,
  /** Final: the hold is gone. */
  'payment.capture-refused': money.extend({ reason: z.string() }),
  /** Nothing is held or owed any more. Without money for an order that was undone before its amount was known. */
  'payment.voided': ids.extend(money.partial().shape).required({ orderId: true, paymentId: true }),
  'payment.refunded': money.extend({
    refundId: z.string(),
    /** Of this refund. */
    amountMinor: minor,
    /** Of all refunds so far. */
    refundedMinor: minor,
  }),
  'payment.refund-refused': ids.extend({
    refundId: z.string(),
    amountMinor: minor,
    currency: money.shape.currency.optional(),
    reason: z.string(),
  }),
} as const;

/** All of it with words, for docs/events.md; what is published is checked against it. */
export const published = defineEvents('payments', {
  'payment.challenge-required': {
    description: 'The shopper has to confirm the payment at the address before it is decided.',
    payload: PUBLISHED['payment.challenge-required'],
  },
  'payment.authorized': {
    description: 'The amount of an order is held on the card.',
    payload: PUBLISHED['payment.authorized'],
  },
  'payment.declined': {
    description: 'The payment of an order was refused for good.',
    payload: PUBLISHED['payment.declined'],
  },
  'payment.captured': {
    description: 'The amount that was held has been taken.',
    payload: PUBLISHED['payment.captured'],
  },
  'payment.capture-refused': {
    description: 'The amount cannot be taken any more: the hold is gone.',
    payload: PUBLISHED['payment.capture-refused'],
  },
  'payment.voided': {
    description: 'Nothing is held or owed for an order any more. Without an amount if that was never known.',
    payload: PUBLISHED['payment.voided'],
  },
  'payment.refunded': {
    description: 'Money went back, all of it or a part.',
    payload: PUBLISHED['payment.refunded'],
  },
  'payment.refund-refused': {
    description: 'Money cannot be given back, for the reason given.',
    payload: PUBLISHED['payment.refund-refused'],
  },
});

export type PublishedType = keyof typeof PUBLISHED;
