import type { Consignment, Label } from '../domain/shipment.js';

/** What every call brings with it. */
export interface CarrierCall {
  readonly orderId: string;
  /** The parcel's name with us: what the carrier's reports refer to. */
  readonly shipmentId: string;
  readonly consignment: Consignment;
  /** The same for every attempt at one operation of one parcel: a carrier does it once and answers alike. */
  readonly idempotencyKey: string;
  /** Aborted when this process stops; the call is then made again by the next one. */
  readonly signal: AbortSignal;
}

/** How a booking ended. */
export type Booking =
  | { readonly accepted: true; readonly label: Label }
  | { readonly accepted: false; /** In words for the shopper. */ readonly reason: string };

/** Whether a parcel could be held back. */
export type Cancellation =
  | { readonly cancelled: true }
  | { readonly cancelled: false; /** In words for the shopper. */ readonly reason: string };

/**
 * Whoever brings parcels. A call that resolves is final; one that rejects may or may not have worked and is repeated
 * with growing pauses, under the same idempotency key. A call should end within 20 seconds. What happens to a parcel
 * afterwards, the carrier reports by itself.
 */
export interface Carrier {
  /** For people. */
  readonly name: string;
  /** How long a day of this carrier takes, in milliseconds: what its delivery times are counted in. */
  readonly dayMs: number;
  book(call: CarrierCall): Promise<Booking>;
  cancel(call: CarrierCall & { readonly trackingNumber: string }): Promise<Cancellation>;
  /** Has a parcel brought back from the customer. */
  bookReturn(call: CarrierCall & { readonly reason: string }): Promise<Label>;
}
