import { z } from 'zod';

const ids = z.object({
  /** The order whose parcel it is, and the aggregate. */
  orderId: z.string(),
  shipmentId: z.string(),
});
const instant = z.iso.datetime();
const label = ids.extend({ carrier: z.string(), trackingNumber: z.string(), eta: instant });
/** Which way the parcel goes. */
const direction = z.enum(['OUTBOUND', 'RETURN']);

/** What shipping tells others, by type. */
export const PUBLISHED = {
  'shipment.scheduled': label,
  /** No carrier brings it. `reason` is for the shopper. */
  'shipment.refused': ids.extend({ reason: z.string() }),
  /** It was called off and will not leave, whatever is asked for later. */
  'shipment.cancelled': ids,
  /** It has left, or the carrier cannot hold it back any more. */
  'shipment.cancel-refused': ids.extend({ reason: z.string() }),
  'shipment.shipped': label.extend({ at: instant }),
  'shipment.moved': ids.extend({
    direction,
    at: instant,
    place: z.string(),
    message: z.string(),
    eta: instant,
  }),
  'shipment.delivered': ids.extend({ at: instant }),
  'shipment.lost': ids.extend({ direction, at: instant }),
  'shipment.return-scheduled': label,
  'shipment.returned': ids.extend({ at: instant }),
} as const;

export type PublishedType = keyof typeof PUBLISHED;
