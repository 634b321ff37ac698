import type { Leg } from './scan.js';
import type { ShipmentStatus } from './shipment.js';

/** Where one parcel is, as customers see it. */
export type ParcelStatus =
  'REQUESTED' | 'REFUSED' | 'SCHEDULED' | 'CANCELLED' | 'SHIPPED' | 'DELIVERED' | 'LOST';

/** The least that is to be known of a shipment. */
export interface Way {
  readonly status: ShipmentStatus;
  readonly trackingNumber: string | null;
  readonly returnTrackingNumber: string | null;
}

/**
 * Where a shipment's parcels are: the one that goes to the customer, then the one that comes back.
 *
 * @example parcelsOf({ status: 'RETURNED', ... }) // [['OUTBOUND', 'DELIVERED'], ['RETURN', 'DELIVERED']]
 */
export function parcelsOf(way: Way): readonly (readonly [Leg, ParcelStatus])[] {
  const isReturning = way.returnTrackingNumber !== null;
  switch (way.status) {
    case 'NEW':
      return [];
    case 'CANCELLED':
      // Called off before anybody heard of it: there never was a parcel.
      return way.trackingNumber === null ? [] : [['OUTBOUND', 'CANCELLED']];
    case 'RETURN_SCHEDULED':
      return [
        ['OUTBOUND', 'DELIVERED'],
        ['RETURN', 'SCHEDULED'],
      ];
    case 'RETURNING':
      return [
        ['OUTBOUND', 'DELIVERED'],
        ['RETURN', 'SHIPPED'],
      ];
    case 'RETURNED':
      return [
        ['OUTBOUND', 'DELIVERED'],
        ['RETURN', 'DELIVERED'],
      ];
    case 'LOST':
      return isReturning
        ? [
            ['OUTBOUND', 'DELIVERED'],
            ['RETURN', 'LOST'],
          ]
        : [['OUTBOUND', 'LOST']];
    case 'REQUESTED':
    case 'REFUSED':
    case 'SCHEDULED':
    case 'SHIPPED':
    case 'DELIVERED':
      return [['OUTBOUND', way.status]];
  }
}
