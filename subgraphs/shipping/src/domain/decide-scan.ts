import { refusedCancel } from './decide-advance.js';
import type { Scan } from './scan.js';
import type { Shipment } from './shipment.js';
import type { ShipmentEvent } from './shipment-event.js';

/**
 * What follows from a carrier's scan. A parcel that was scanned anywhere has left, even if nobody saw it leave; one that
 * was called off or has arrived is not moved by what comes late.
 */
export const decideScan = (shipment: Shipment, scan: Scan): readonly ShipmentEvent[] =>
  scan.leg === 'OUTBOUND' ? outbound(shipment, scan) : homebound(shipment, scan);

function outbound(shipment: Shipment, scan: Scan): readonly ShipmentEvent[] {
  const { status, cancelWanted } = shipment;
  if (status === 'SCHEDULED') {
    const hasOnlyLeft = scan.kind === 'PICKED_UP' || scan.kind === 'MOVED';
    return [
      { type: 'Shipped', scan: hasOnlyLeft ? scan : unseenDeparture(scan) },
      ...refusedCancel(cancelWanted),
      ...(hasOnlyLeft ? [] : underWay(shipment, scan)),
    ];
  }
  return status === 'SHIPPED' ? underWay(shipment, scan) : [];
}

function underWay(shipment: Shipment, scan: Scan): readonly ShipmentEvent[] {
  switch (scan.kind) {
    case 'PICKED_UP':
      return [];
    case 'MOVED':
      return [{ type: isLate(shipment, scan) ? 'Noted' : 'Moved', scan }];
    case 'DELIVERED':
      return [{ type: 'Delivered', scan }];
    case 'LOST':
      return [{ type: 'Lost', scan }];
  }
}

function homebound(shipment: Shipment, scan: Scan): readonly ShipmentEvent[] {
  if (shipment.status !== 'RETURN_SCHEDULED' && shipment.status !== 'RETURNING') return [];
  if (scan.kind === 'DELIVERED') return [{ type: 'Returned', scan }];
  if (scan.kind === 'PICKED_UP') return shipment.status === 'RETURNING' ? [] : [{ type: 'Moved', scan }];
  return underWay(shipment, scan);
}

const isLate = ({ scannedAt }: Shipment, { at }: Scan): boolean => scannedAt !== null && at < scannedAt;

const unseenDeparture = ({ leg, at, place }: Scan): Scan => ({
  leg,
  kind: 'PICKED_UP',
  at,
  place,
  message: 'The parcel has left our warehouse.',
  eta: null,
});
