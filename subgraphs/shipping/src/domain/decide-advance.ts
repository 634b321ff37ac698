import type { Scan } from './scan.js';
import type { Advance, Shipment } from './shipment.js';
import type { ShipmentEvent } from './shipment-event.js';

/** What follows when staff say how far a parcel is. What has no label yet is advanced as soon as it has one. */
export function decideAdvance(
  { status, advanceTo, cancelWanted }: Shipment,
  { to, at }: { readonly to: Advance; readonly at: Date },
): readonly ShipmentEvent[] {
  switch (status) {
    case 'NEW':
    case 'REQUESTED':
      return advanceTo === 'DELIVERED' || advanceTo === to ? [] : [{ type: 'AdvanceRequested', to }];
    case 'SCHEDULED':
      return shippedBy(to, at, cancelWanted);
    case 'SHIPPED':
      return to === 'DELIVERED' ? [{ type: 'Delivered', scan: said('DELIVERED', at) }] : [];
    case 'REFUSED':
    case 'CANCELLED':
    case 'DELIVERED':
    case 'RETURN_SCHEDULED':
    case 'RETURNING':
    case 'RETURNED':
    case 'LOST':
      return [];
  }
}

/** A parcel that has its label and, by word of staff, has left or even arrived. */
export const shippedBy = (to: Advance, at: Date, cancelWanted: boolean): readonly ShipmentEvent[] => [
  { type: 'Shipped', scan: said('PICKED_UP', at) },
  ...refusedCancel(cancelWanted),
  ...(to === 'DELIVERED' ? [{ type: 'Delivered' as const, scan: said('DELIVERED', at) }] : []),
];

/** What has left cannot be held back: whoever asked for that is told. */
export const refusedCancel = (cancelWanted: boolean): readonly ShipmentEvent[] =>
  cancelWanted ? [{ type: 'CancelRefused', reason: 'The parcel left before it could be held back.' }] : [];

const said = (kind: 'PICKED_UP' | 'DELIVERED', at: Date): Scan => ({
  leg: 'OUTBOUND',
  kind,
  at,
  place: 'Souk',
  message: kind === 'PICKED_UP' ? 'The parcel has left our warehouse.' : 'The parcel has been handed over.',
  eta: null,
});
