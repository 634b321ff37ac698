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

export type PublishedType = keyof typeof PUBLISHED;
