import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { type ShipmentIds, type ShipmentMessage, messageFor } from './messages.js';
import type { TrackingEvent } from './scan.js';
import type { Shipment } from './shipment.js';
import type { ShipmentCommand } from './shipment-command.js';
import { trackingOf } from './tracking.js';

/** A line of the history, with its place in it, from 1. */
export interface NumberedTrackingEvent extends TrackingEvent {
  readonly number: number;
}

/** All that a command does to a shipment: what to store and what to tell. */
export interface Effect {
  readonly shipment: Shipment;
  readonly tracking: readonly NumberedTrackingEvent[];
  readonly messages: readonly ShipmentMessage[];
}

/** Decides, evolves, and works out what others are told. Pure: the store writes the effect down. */
export function applyCommand(
  command: ShipmentCommand,
  to: { readonly shipment: Shipment; readonly ids: ShipmentIds },
): Effect {
  let { shipment } = to;
  const tracking: NumberedTrackingEvent[] = [];
  const messages: ShipmentMessage[] = [];
  for (const event of decide(command, shipment)) {
    shipment = evolve(shipment, event);
    const line = trackingOf(event);
    if (line) tracking.push({ ...line, number: shipment.tracked });
    const message = messageFor(event, shipment, to.ids);
    if (message) messages.push(message);
  }
  return { shipment, tracking, messages };
}
