import type { Label, Shipment } from './shipment.js';
import type { ShipmentEvent } from './shipment-event.js';

/** Something to tell other subgraphs. Its version is the shipment's after the event. */
export interface ShipmentMessage {
  readonly type: string;
  readonly version: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** An order, and how its parcel is called here. */
export interface ShipmentIds {
  readonly orderId: string;
  readonly shipmentId: string;
}

/** What others are told of an event; undefined for one that is only our own business. */
export function messageFor(
  event: ShipmentEvent,
  after: Shipment,
  ids: ShipmentIds,
): ShipmentMessage | undefined {
  const tell = (type: string, more: Readonly<Record<string, unknown>> = {}): ShipmentMessage => ({
    type: `shipment.${type}`,
    version: after.version,
    payload: { ...ids, ...more },
  });
  switch (event.type) {
    case 'ScheduleRequested':
    case 'CancelRequested':
    case 'ReturnRequested':
    case 'AdvanceRequested':
    case 'Noted':
      return undefined;
    case 'Refused':
      return tell('refused', { reason: event.reason });
    case 'Scheduled':
      return tell('scheduled', written(event.label));
    case 'Cancelled':
      return tell('cancelled');
    case 'CancelRefused':
      return tell('cancel-refused', { reason: event.reason });
    case 'Shipped':
      return tell('shipped', { ...written(after.label), at: event.scan.at.toISOString() });
    case 'Moved': {
      const { leg, at, place, message } = event.scan;
      const { eta } = written(leg === 'RETURN' ? after.returnLabel : after.label);
      return tell('moved', { direction: leg, at: at.toISOString(), place, message, eta });
    }
    case 'Delivered':
      return tell('delivered', { at: event.scan.at.toISOString() });
    case 'Lost':
      return tell('lost', { direction: event.scan.leg, at: event.scan.at.toISOString() });
    case 'ReturnScheduled':
      return tell('return-scheduled', written(event.label));
    case 'Returned':
      return tell('returned', { at: event.scan.at.toISOString() });
  }
}

const written = (label: Label | null) => ({
  carrier: label?.carrier ?? null,
  trackingNumber: label?.trackingNumber ?? null,
  eta: label?.eta.toISOString() ?? null,
});
