import { decideAdvance, shippedBy } from './decide-advance.js';
import { decideScan } from './decide-scan.js';
import { type Shipment, hasLeft } from './shipment.js';
import type { ShipmentCommand } from './shipment-command.js';
import type { ShipmentEvent } from './shipment-event.js';

/**
 * What follows from a command. Commands, answers and scans may come twice, late and in any order: one that no longer
 * fits is dropped.
 *
 * @example decide({ type: 'RequestCancel' }, NO_SHIPMENT) // [{ type: 'Cancelled' }]: a late request to send it is dropped
 */
export function decide(command: ShipmentCommand, shipment: Shipment): readonly ShipmentEvent[] {
  const { status, cancelWanted } = shipment;
  const isCancelling = status === 'SCHEDULED' && cancelWanted;
  switch (command.type) {
    case 'RequestSchedule':
      return status === 'NEW' ? [{ type: 'ScheduleRequested', consignment: command.consignment }] : [];
    case 'RequestCancel':
      return decideCancel(shipment);
    case 'RequestReturn':
      return decideReturn(shipment, command.reason);
    case 'RequestAdvance':
      return decideAdvance(shipment, command);
    case 'ReportBooked':
      if (status !== 'REQUESTED') return [];
      return [
        { type: 'Scheduled', label: command.label, at: command.at },
        ...(shipment.advanceTo ? shippedBy(shipment.advanceTo, command.at, cancelWanted) : []),
      ];
    case 'ReportRefused':
      if (status !== 'REQUESTED') return [];
      return cancelWanted ? [{ type: 'Cancelled' }] : [{ type: 'Refused', reason: command.reason }];
    case 'ReportCancelled':
      return isCancelling ? [{ type: 'Cancelled' }] : [];
    case 'ReportNotCancelled':
      return isCancelling ? [{ type: 'CancelRefused', reason: command.reason }] : [];
    case 'ReportReturnBooked':
      return status === 'DELIVERED' && shipment.returnReason !== null
        ? [{ type: 'ReturnScheduled', label: command.label, at: command.at }]
        : [];
    case 'ReportScan':
      return decideScan(shipment, command.scan);
  }
}

/** A parcel is held back by the carrier alone, unless the carrier has never heard of it. */
function decideCancel(shipment: Shipment): readonly ShipmentEvent[] {
  const { status, attempts, cancelWanted } = shipment;
  if (hasLeft(shipment)) return [{ type: 'CancelRefused', reason: TOO_LATE }];
  if (status === 'CANCELLED' || cancelWanted) return [];
  const isUnknownToCarrier =
    status === 'NEW' || status === 'REFUSED' || (status === 'REQUESTED' && attempts === 0);
  return isUnknownToCarrier ? [{ type: 'Cancelled' }] : [{ type: 'CancelRequested' }];
}

const TOO_LATE = 'The parcel has left already.';

/** A parcel that is still on its way comes back once it has arrived. */
function decideReturn({ status, returnReason }: Shipment, reason: string): readonly ShipmentEvent[] {
  const canStillReturn =
    status === 'NEW' ||
    status === 'REQUESTED' ||
    status === 'SCHEDULED' ||
    status === 'SHIPPED' ||
    status === 'DELIVERED';
  return canStillReturn && returnReason === null ? [{ type: 'ReturnRequested', reason }] : [];
}
