import type { Scan } from './scan.js';
import { type Shipment, nextOperation } from './shipment.js';
import type { ShipmentEvent } from './shipment-event.js';

/** The shipment after an event. What the carrier is to be asked for next is counted anew when it changes. */
export function evolve(shipment: Shipment, event: ShipmentEvent): Shipment {
  const changed = change(shipment, event);
  const operation = nextOperation(changed);
  return { ...changed, operation, attempts: operation === shipment.operation ? shipment.attempts : 0 };
}

function change(shipment: Shipment, event: ShipmentEvent): Shipment {
  switch (event.type) {
    case 'ScheduleRequested':
      return { ...shipment, status: 'REQUESTED', consignment: event.consignment };
    case 'CancelRequested':
      return { ...shipment, cancelWanted: true };
    case 'ReturnRequested':
      return { ...shipment, returnReason: event.reason };
    case 'AdvanceRequested':
      return { ...shipment, advanceTo: event.to };
    case 'Refused':
      return { ...told(shipment), status: 'REFUSED', refusal: event.reason };
    case 'Scheduled':
      return { ...tracked(told(shipment)), status: 'SCHEDULED', label: event.label, advanceTo: null };
    case 'Cancelled':
      return { ...told(shipment), status: 'CANCELLED', cancelWanted: false };
    case 'CancelRefused':
      return { ...told(shipment), cancelWanted: false };
    case 'Shipped':
      return { ...scanned(told(shipment), event.scan), status: 'SHIPPED' };
    case 'Moved':
      return {
        ...scanned(told(shipment), event.scan),
        status: event.scan.leg === 'RETURN' ? 'RETURNING' : shipment.status,
      };
    case 'Noted':
      return tracked(shipment);
    case 'Delivered':
      return { ...scanned(told(shipment), event.scan), status: 'DELIVERED' };
    case 'Lost':
      return { ...scanned(told(shipment), event.scan), status: 'LOST' };
    case 'ReturnScheduled':
      return { ...tracked(told(shipment)), status: 'RETURN_SCHEDULED', returnLabel: event.label };
    case 'Returned':
      return { ...scanned(told(shipment), event.scan), status: 'RETURNED' };
  }
}

const told = (shipment: Shipment): Shipment => ({ ...shipment, version: shipment.version + 1 });
const tracked = (shipment: Shipment): Shipment => ({ ...shipment, tracked: shipment.tracked + 1 });

function scanned(shipment: Shipment, { at, leg, eta }: Scan): Shipment {
  const label = leg === 'OUTBOUND' ? 'label' : 'returnLabel';
  const known = shipment[label];
  return {
    ...tracked(shipment),
    scannedAt: shipment.scannedAt !== null && shipment.scannedAt > at ? shipment.scannedAt : at,
    ...(known && eta ? { [label]: { ...known, eta } } : {}),
  };
}
