import type { ParcelStatus } from '../domain/parcels.js';
import type { Offer } from '../domain/rates.js';
import type { Leg } from '../domain/scan.js';
import type { ShipmentRecord, TrackingRecord } from '../store/shipments.js';

/** An order as shipping knows it. */
export interface OrderModel {
  readonly id: string;
  /** Given by orders to whoever may read the order. */
  readonly readerProof: string | null;
}

/** A parcel, going one way. */
export interface ShipmentModel {
  readonly shipment: ShipmentRecord;
  readonly direction: Leg;
  readonly status: ParcelStatus;
}

/** A way of sending things, and who brings them. */
export interface ShippingOptionModel extends Offer {
  readonly carrier: string;
}

/** A cart, as far as those who own its fields tell shipping of it. */
export interface CartModel {
  readonly id: string;
  readonly lines?: readonly {
    readonly quantity: number;
    readonly variant: { readonly weightGrams: number } | null;
  }[];
  readonly subtotal?: { readonly amountMinor: number };
  readonly customer?: { readonly addresses: readonly { readonly country: string }[] } | null;
}

export type ShipmentEventModel = TrackingRecord;
