import { z } from 'zod';

const aboutOrder = z.object({ orderId: z.string() });
const units = z.object({ variantId: z.string(), quantity: z.number().int().positive() });
const minor = z.number().int().min(0);
const currency = z.enum(['EUR', 'GBP', 'USD']);
const reason = z.string().nullable();

/** What everybody is told of an order. */
const fact = aboutOrder.extend({
  /** As people call it; empty only before the database has numbered it. */
  number: z.string(),
  customerId: z.string().nullable(),
  email: z.string(),
  amountMinor: minor,
  currency,
  lines: z.array(units.extend({ unitPriceMinor: minor })),
});

/** The payload of everything that orders publishes: commands to one subgraph each, and facts for all. */
export const PUBLISHED = {
  'stock.reserve-requested': aboutOrder.extend({ lines: z.array(units).min(1) }),
  'stock.commit-requested': aboutOrder,
  'stock.release-requested': aboutOrder.extend({ reason: z.string() }),
  'payment.authorize-requested': aboutOrder.extend({
    amountMinor: minor,
    currency,
    /** Good for one use. Null once the payment is decided. */
    paymentToken: z.string().nullable(),
    customerId: z.string().nullable(),
    email: z.string(),
  }),
  'payment.capture-requested': aboutOrder,
  /** Undoes whatever there is. */
  'payment.void-requested': aboutOrder,
  'shipment.schedule-requested': aboutOrder.extend({
    number: z.string(),
    /** Null leaves the choice to shipping. */
    optionId: z.string().nullable(),
    address: z.object({
      name: z.string(),
      line1: z.string(),
      line2: z.string().nullable(),
      city: z.string(),
      postalCode: z.string(),
      country: z.string(),
    }),
    lines: z.array(units).min(1),
    totalMinor: minor,
    currency,
    email: z.string(),
    customerId: z.string().nullable(),
  }),
  'shipment.cancel-requested': aboutOrder,
  'shipment.return-requested': aboutOrder.extend({ reason: z.string() }),
  /** Staff says that the parcel has left or arrived. */
  'shipment.advance-requested': aboutOrder.extend({ to: z.enum(['SHIPPED', 'DELIVERED']) }),
  'order.placed': fact,
  'order.paid': fact,
  'order.shipped': fact,
  'order.completed': fact,
  'order.returned': fact,
  'order.cancelled': fact.extend({ reason }),
  'order.failed': fact.extend({
    failure: z.discriminatedUnion('code', [
      z.object({
        code: z.literal('OUT_OF_STOCK'),
        variantId: z.string(),
        requested: z.number().int(),
        available: minor,
      }),
      z.object({ code: z.literal('PAYMENT_DECLINED'), reason: z.string() }),
      z.object({ code: z.literal('TIMED_OUT') }),
    ]),
  }),
} as const;
