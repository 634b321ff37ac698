import type { Advance, Consignment, Label, Operation, Shipment, ShipmentStatus } from '../domain/shipment.js';

/** The columns of a shipment that the domain is made of. */
export interface ShipmentRow {
  readonly order_id: string;
  readonly shipment_id: string;
  readonly status: ShipmentStatus;
  readonly version: number;
  readonly tracked: number;
  readonly scanned_at: Date | null;
  readonly consignment: Consignment | null;
  readonly carrier: string | null;
  readonly tracking_number: string | null;
  readonly eta: Date | null;
  readonly return_carrier: string | null;
  readonly return_tracking_number: string | null;
  readonly return_eta: Date | null;
  readonly cancel_wanted: boolean;
  readonly return_reason: string | null;
  readonly advance_to: Advance | null;
  readonly refusal: string | null;
  readonly operation: Operation | null;
  readonly attempts: number;
}

/** For SELECT and RETURNING. */
export const SHIPMENT_COLUMNS = `order_id, shipment_id, status, version, tracked, scanned_at, consignment, carrier,
  tracking_number, eta, return_carrier, return_tracking_number, return_eta, cancel_wanted, return_reason, advance_to,
  refusal, operation, attempts`;

export const toShipment = (row: ShipmentRow): Shipment => ({
  status: row.status,
  version: row.version,
  tracked: row.tracked,
  scannedAt: row.scanned_at,
  consignment: row.consignment,
  label: toLabel(row.carrier, row.tracking_number, row.eta),
  returnLabel: toLabel(row.return_carrier, row.return_tracking_number, row.return_eta),
  cancelWanted: row.cancel_wanted,
  returnReason: row.return_reason,
  advanceTo: row.advance_to,
  refusal: row.refusal,
  operation: row.operation,
  attempts: row.attempts,
});

const toLabel = (carrier: string | null, trackingNumber: string | null, eta: Date | null): Label | null =>
  carrier === null || trackingNumber === null || eta === null ? null : { carrier, trackingNumber, eta };

/** What the domain decides of a row, as columns. */
export const toColumns = (orderId: string, shipment: Shipment) => ({
  order_id: orderId,
  status: shipment.status,
  version: shipment.version,
  tracked: shipment.tracked,
  scanned_at: shipment.scannedAt,
  consignment: shipment.consignment,
  carrier: shipment.label?.carrier ?? null,
  tracking_number: shipment.label?.trackingNumber ?? null,
  eta: shipment.label?.eta ?? null,
  return_carrier: shipment.returnLabel?.carrier ?? null,
  return_tracking_number: shipment.returnLabel?.trackingNumber ?? null,
  return_eta: shipment.returnLabel?.eta ?? null,
  cancel_wanted: shipment.cancelWanted,
  return_reason: shipment.returnReason,
  advance_to: shipment.advanceTo,
  refusal: shipment.refusal,
  operation: shipment.operation,
  attempts: shipment.attempts,
});
