/** Who brings a parcel, and under which number it is found there. */
export interface Label {
  readonly carrier: string;
  readonly trackingNumber: string;
  /** When it should arrive. */
  readonly eta: Date;
}

/** Where a parcel goes. */
export interface Destination {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** What is to be sent: all that a carrier is told. */
export interface Consignment {
  /** The order's number, for people. */
  readonly number: string;
  readonly service: string;
  readonly destination: Destination;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
  readonly totalMinor: number;
  readonly currency: string;
  readonly email: string;
}

/**
 * Where an order's parcel stands. NEW: nothing is known but a wish that overtook the request to send it. REQUESTED: the
 * carrier has been or is being asked. From RETURN_SCHEDULED on it is the way back.
 */
export type ShipmentStatus =
  | 'NEW'
  | 'REQUESTED'
  | 'REFUSED'
  | 'SCHEDULED'
  | 'CANCELLED'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'RETURN_SCHEDULED'
  | 'RETURNING'
  | 'RETURNED'
  | 'LOST';

/** How far staff say that a parcel has got. */
export type Advance = 'SHIPPED' | 'DELIVERED';

/** What a carrier can be asked for. */
export type Operation = 'BOOK' | 'CANCEL' | 'BOOK_RETURN';

/** One order's parcel, on its way there and, perhaps, back. */
export interface Shipment {
  readonly status: ShipmentStatus;
  /** Grows with each event that others are told of. */
  readonly version: number;
  /** How many tracking events it has. */
  readonly tracked: number;
  /** When the carrier's latest scan was made. A scan that is older comes late. */
  readonly scannedAt: Date | null;
  readonly consignment: Consignment | null;
  readonly label: Label | null;
  readonly returnLabel: Label | null;
  /** True while the parcel shall be held back and the carrier has not said whether it can be. */
  readonly cancelWanted: boolean;
  /** Why it shall come back; null unless that was asked for. */
  readonly returnReason: string | null;
  /** What staff said of a parcel that is not labelled yet. */
  readonly advanceTo: Advance | null;
  readonly refusal: string | null;
  /** What the carrier is being asked for, or is to be asked for next; null if nothing is to be done. */
  readonly operation: Operation | null;
  /** How often it was asked for that. */
  readonly attempts: number;
}

/** A parcel that nobody has spoken of yet. */
export const NO_SHIPMENT: Shipment = {
  status: 'NEW',
  version: 0,
  tracked: 0,
  scannedAt: null,
  consignment: null,
  label: null,
  returnLabel: null,
  cancelWanted: false,
  returnReason: null,
  advanceTo: null,
  refusal: null,
  operation: null,
  attempts: 0,
};

/** What the carrier is to be asked for, as things stand; null if nothing. */
export function nextOperation({ status, cancelWanted, returnReason }: Shipment): Operation | null {
  if (status === 'REQUESTED') return 'BOOK';
  if (status === 'SCHEDULED' && cancelWanted) return 'CANCEL';
  if (status === 'DELIVERED' && returnReason !== null) return 'BOOK_RETURN';
  return null;
}

const LEFT: readonly ShipmentStatus[] = [
  'SHIPPED',
  'DELIVERED',
  'RETURN_SCHEDULED',
  'RETURNING',
  'RETURNED',
  'LOST',
];

/** True from the moment that the parcel has left: it can only come back then. */
export const hasLeft = ({ status }: Pick<Shipment, 'status'>): boolean => LEFT.includes(status);
