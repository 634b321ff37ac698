import type { TrackingEvent } from './scan.js';
import type { ShipmentEvent } from './shipment-event.js';

/** What an event adds to the history that customers read; undefined if nothing. */
export function trackingOf(event: ShipmentEvent): TrackingEvent | undefined {
  switch (event.type) {
    case 'ScheduleRequested':
    case 'CancelRequested':
    case 'ReturnRequested':
    case 'AdvanceRequested':
    case 'Refused':
    case 'Cancelled':
    case 'CancelRefused':
      return undefined;
    case 'Scheduled':
      return {
        leg: 'OUTBOUND',
        at: event.at,
        place: 'Souk',
        message: `${event.label.carrier} will pick the parcel up.`,
      };
    case 'ReturnScheduled':
      return {
        leg: 'RETURN',
        at: event.at,
        place: 'Souk',
        message: `${event.label.carrier} will collect the parcel from you.`,
      };
    case 'Shipped':
    case 'Moved':
    case 'Noted':
    case 'Delivered':
    case 'Lost':
    case 'Returned': {
      const { leg, at, place, message } = event.scan;
      return { leg, at, place, message };
    }
  }
}
