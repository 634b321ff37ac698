import { defineEvents } from '@souk/kit/events';
import { z } from 'zod';

const aboutOrder = z.object({ orderId: z.string().describe('The order.') });
const units = z.object({
  variantId: z.string().describe('The variant.'),
  quantity: z.number().int().positive().describe('How many units of it.'),
});
const minor = z.number().int().min(0);
const total = minor.describe('The total of the order, in minor units.');
const currency = z.enum(['EUR', 'GBP', 'USD']).describe('The currency of every amount.');
const number = z.string().describe('The number of the order, as people call it.');
const customerId = z.string().nullable().describe('The account that ordered; null for a guest.');
const email = z.string().describe('Where the buyer is written to.');
const lines = z.array(units).min(1).describe('What was ordered, a variant at a time.');

/** What everybody is told of an order. */
const fact = aboutOrder.extend({
  /** Empty only before the database has numbered it. */
  number,
  customerId,
  email,
  amountMinor: total,
  subtotalMinor: minor.optional().describe('What of it the lines cost. Absent before sending was charged.'),
  shippingMinor: minor.optional().describe('What of it sending costs. Absent before that was charged.'),
  currency,
  lines: z
    .array(units.extend({ unitPriceMinor: minor.describe('What one unit costs, in minor units.') }))
    .describe('What was ordered, a variant at a time.'),
});

/** The payload of everything that orders publishes: commands to one subgraph each, and facts for all. */
export const PUBLISHED = {
  'stock.reserve-requested': aboutOrder.extend({ lines }),
  'stock.commit-requested': aboutOrder,
  'stock.release-requested': aboutOrder.extend({
    reason: z.string().describe('Why, for whoever looks into it.'),
  }),
  'payment.authorize-requested': aboutOrder.extend({
    amountMinor: total,
    currency,
    paymentToken: z
      .string()
      .nullable()
      .describe('What the provider gave for the card, good for one use; null once the payment is decided.'),
    customerId,
    email,
  }),
  'payment.capture-requested': aboutOrder,
  /** Undoes whatever there is. */
  'payment.void-requested': aboutOrder,
  'shipment.schedule-requested': aboutOrder.extend({
    number,
    optionId: z
      .string()
      .nullable()
      .describe('The way of shipping that was chosen; null leaves it to shipping.'),
    address: z
      .object({
        name: z.string().describe('Who receives it.'),
        line1: z.string().describe('Street and number.'),
        line2: z.string().nullable().describe('What else the carrier must know.'),
        city: z.string().describe('The town.'),
        postalCode: z.string().describe('Its postal code.'),
        country: z.string().describe('The country: two letters of ISO 3166.'),
      })
      .describe('Where it goes.'),
    lines,
    totalMinor: total,
    currency,
    email,
    customerId,
  }),
  'shipment.cancel-requested': aboutOrder,
  'shipment.return-requested': aboutOrder.extend({
    reason: z.string().describe('Why the buyer sends it back.'),
  }),
  /** Staff says that the parcel has left or arrived. */
  'shipment.advance-requested': aboutOrder.extend({
    to: z.enum(['SHIPPED', 'DELIVERED']).describe('Where the parcel is: on its way, or there.'),
  }),
  'order.placed': fact,
  'order.paid': fact,
  'order.shipped': fact,
  'order.completed': fact,
  'order.returned': fact,
  'order.cancelled': fact.extend({
    reason: z.string().nullable().describe('Why, if somebody said so.'),
  }),
  'order.failed': fact.extend({
    failure: z
      .discriminatedUnion('code', [
        z.object({
          code: z.literal('OUT_OF_STOCK').describe('There were too few units of a variant.'),
          variantId: z.string().describe('The variant.'),
          requested: z.number().int().describe('How many units the order wanted.'),
          available: minor.describe('How many could be had.'),
        }),
        z.object({
          code: z.literal('PAYMENT_DECLINED').describe('The payment was refused for good.'),
          reason: z.string().describe('Why, for the buyer.'),
        }),
        z.object({ code: z.literal('TIMED_OUT').describe('It was not decided in time.') }),
      ])
      .describe('Why it could not be accepted.'),
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
