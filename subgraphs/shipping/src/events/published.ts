import { defineEvents } from '@souk/kit/events';
import { z } from 'zod';

const ids = z.object({
  orderId: z.string().describe('The order whose parcel it is, and the aggregate.'),
  shipmentId: z.string().describe('The parcel.'),
});
const at = z.iso.datetime().describe('When.');
const eta = z.iso.datetime().describe('When it will arrive, as far as is known.');
const label = ids.extend({
  carrier: z.string().describe('Who brings it.'),
  trackingNumber: z.string().describe('What the carrier calls it.'),
  eta,
});
const direction = z.enum(['OUTBOUND', 'RETURN']).describe('Which way it goes: to the buyer or back.');
const reason = z.string().describe('Why, for the shopper.');

/** What shipping tells others, by type. */
export const PUBLISHED = {
  'shipment.scheduled': label,
  /** No carrier brings it. */
  'shipment.refused': ids.extend({ reason }),
  /** It was called off and will not leave, whatever is asked for later. */
  'shipment.cancelled': ids,
  /** It has left, or the carrier cannot hold it back any more. */
  'shipment.cancel-refused': ids.extend({ reason }),
  'shipment.shipped': label.extend({ at }),
  'shipment.moved': ids.extend({
    direction,
    at,
    place: z.string().describe('Where.'),
    message: z.string().describe('What happened, in words for the shopper.'),
    eta,
  }),
  'shipment.delivered': ids.extend({ at }),
  'shipment.lost': ids.extend({ direction, at }),
  'shipment.return-scheduled': label,
  'shipment.returned': ids.extend({ at }),
} as const;

/** All of it with words, for docs/events.md; what is published is checked against it. */
export const published = defineEvents('shipping', {
  'shipment.scheduled': {
    description: 'A carrier takes the parcel of an order.',
    payload: PUBLISHED['shipment.scheduled'],
  },
  'shipment.refused': {
    description: 'No carrier brings the parcel of an order; the reason is for the shopper.',
    payload: PUBLISHED['shipment.refused'],
  },
  'shipment.cancelled': {
    description: 'The parcel of an order was called off and will not leave, whatever is asked for later.',
    payload: PUBLISHED['shipment.cancelled'],
  },
  'shipment.cancel-refused': {
    description: 'The parcel has left, or the carrier cannot hold it back any more.',
    payload: PUBLISHED['shipment.cancel-refused'],
  },
  'shipment.shipped': {
    description: 'The parcel has left.',
    payload: PUBLISHED['shipment.shipped'],
  },
  'shipment.moved': {
    description: 'The parcel was seen somewhere on its way.',
    payload: PUBLISHED['shipment.moved'],
  },
  'shipment.delivered': {
    description: 'The parcel has arrived.',
    payload: PUBLISHED['shipment.delivered'],
  },
  'shipment.lost': {
    description: 'The carrier does not find the parcel any more.',
    payload: PUBLISHED['shipment.lost'],
  },
  'shipment.return-scheduled': {
    description: 'A carrier fetches the parcel back.',
    payload: PUBLISHED['shipment.return-scheduled'],
  },
  'shipment.returned': {
    description: 'The parcel came back.',
    payload: PUBLISHED['shipment.returned'],
  },
});

export type PublishedType = keyof typeof PUBLISHED;
