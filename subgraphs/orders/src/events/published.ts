import { defineEvents } from '@souk/kit/events';
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

/** All of it with words, for docs/events.md; what is published is checked against it. */
export const published = defineEvents('orders', {
  'stock.reserve-requested': {
    description: 'To inventory: set these units aside for an order.',
    payload: PUBLISHED['stock.reserve-requested'],
  },
  'stock.commit-requested': {
    description: 'To inventory: the units of an order are sold.',
    payload: PUBLISHED['stock.commit-requested'],
  },
  'stock.release-requested': {
    description: 'To inventory: let go of whatever an order has, whether or not it was committed.',
    payload: PUBLISHED['stock.release-requested'],
  },
  'payment.authorize-requested': {
    description: 'To payments: hold the amount of an order.',
    payload: PUBLISHED['payment.authorize-requested'],
  },
  'payment.capture-requested': {
    description: 'To payments: take what is held for an order.',
    payload: PUBLISHED['payment.capture-requested'],
  },
  'payment.void-requested': {
    description: 'To payments: undo whatever there is, by letting go or by giving back.',
    payload: PUBLISHED['payment.void-requested'],
  },
  'shipment.schedule-requested': {
    description: "To shipping: send an order's units to its address.",
    payload: PUBLISHED['shipment.schedule-requested'],
  },
  'shipment.cancel-requested': {
    description: 'To shipping: do not send an order.',
    payload: PUBLISHED['shipment.cancel-requested'],
  },
  'shipment.return-requested': {
    description: 'To shipping: fetch an order back.',
    payload: PUBLISHED['shipment.return-requested'],
  },
  'shipment.advance-requested': {
    description: 'To shipping: staff says that the parcel has left or arrived.',
    payload: PUBLISHED['shipment.advance-requested'],
  },
  'order.placed': {
    description: 'An order was accepted: its units and its amount are held.',
    payload: PUBLISHED['order.placed'],
  },
  'order.paid': {
    description: 'The amount of an order was taken.',
    payload: PUBLISHED['order.paid'],
  },
  'order.shipped': {
    description: 'The parcel of an order has left.',
    payload: PUBLISHED['order.shipped'],
  },
  'order.completed': {
    description: 'The parcel of an order has arrived.',
    payload: PUBLISHED['order.completed'],
  },
  'order.returned': {
    description: 'The parcel of an order came back.',
    payload: PUBLISHED['order.returned'],
  },
  'order.cancelled': {
    description: 'An order was called off; whatever was held or taken for it goes back.',
    payload: PUBLISHED['order.cancelled'],
  },
  'order.failed': {
    description: 'An order could not be accepted; nothing is held for it.',
    payload: PUBLISHED['order.failed'],
  },
});
