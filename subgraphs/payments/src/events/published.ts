import { defineEvents } from '@souk/kit/events';
import { z } from 'zod';

const ids = z.object({
  orderId: z.string().describe('The order whose payment it is, and the aggregate.'),
  paymentId: z.string().describe('The payment.'),
});
const minor = z.number().int().min(0);
const currency = z.enum(['EUR', 'GBP', 'USD']).describe('The currency of every amount.');
const money = ids.extend({
  amountMinor: minor.describe('The total of the order, in minor units.'),
  currency,
});
const refund = z.object({
  refundId: z.string().describe('The refund.'),
  amountMinor: minor.describe('The amount of this refund, in minor units.'),
});

/** What payments tells others, by type. `amountMinor` is the order's total unless said otherwise. */
export const PUBLISHED = {
  'payment.challenge-required': money.extend({
    challengeUrl: z
      .string()
      .describe('Where the shopper confirms it: an absolute address, or a path below that of the shop.'),
  }),
  'payment.authorized': money,
  'payment.declined': money.extend({
    code: z.string().describe('Why, for programs.'),
    reason: z.string().describe('Why, for the shopper.'),
  }),
  'payment.captured': money,
  /** Final: the hold is gone. */
  'payment.capture-refused': money.extend({ reason: z.string().describe('Why, for staff.') }),
  /** Nothing is held or owed any more. Without money for an order that was undone before its amount was known. */
  'payment.voided': ids.extend(money.partial().shape).required({ orderId: true, paymentId: true }),
  'payment.refunded': money.extend({
    ...refund.shape,
    refundedMinor: minor.describe('The amount of all refunds so far, in minor units.'),
  }),
  'payment.refund-refused': ids.extend({
    ...refund.shape,
    currency: currency.optional(),
    reason: z.string().describe('Why, for staff.'),
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
