import type { Shipment } from '../domain/shipment.js';
import type { ShipmentCommand } from '../domain/shipment-command.js';
import type { Carrier } from './carrier.js';

/** A shipment that the carrier is asked about. */
export interface PendingShipment {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly shipment: Shipment;
}

/**
 * Asks the carrier for what a shipment needs next.
 *
 * @returns the carrier's answer as a command for the shipment; undefined if nothing was to be done
 * @throws whatever the carrier rejects with: ask again later
 */
export async function perform(
  carrier: Carrier,
  { orderId, shipmentId, shipment }: PendingShipment,
  { clock, signal }: { readonly clock: () => Date; readonly signal: AbortSignal },
): Promise<ShipmentCommand | undefined> {
  const { operation, consignment, label, returnReason: reason } = shipment;
  if (!operation || !consignment) return undefined;
  const idempotencyKey = `${shipmentId}:${operation.toLowerCase()}`;
  const call = { orderId, shipmentId, consignment, idempotencyKey, signal };
  switch (operation) {
    case 'BOOK': {
      const booking = await carrier.book(call);
      return booking.accepted
        ? { type: 'ReportBooked', label: booking.label, at: clock() }
        : { type: 'ReportRefused', reason: booking.reason };
    }
    case 'CANCEL': {
      if (!label) throw new Error(`The parcel of order ${orderId} is to be held back, but it has no label.`);
      const answer = await carrier.cancel({ ...call, trackingNumber: label.trackingNumber });
      return answer.cancelled
        ? { type: 'ReportCancelled' }
        : { type: 'ReportNotCancelled', reason: answer.reason };
    }
    case 'BOOK_RETURN':
      return {
        type: 'ReportReturnBooked',
        label: await carrier.bookReturn({ ...call, reason: reason ?? '' }),
        at: clock(),
      };
  }
}
