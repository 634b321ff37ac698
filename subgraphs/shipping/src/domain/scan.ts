/** The way there, or the way back. */
export type Leg = 'OUTBOUND' | 'RETURN';

/** What a carrier saw: it has the parcel, the parcel is somewhere, it has arrived, or it is gone. */
export type ScanKind = 'PICKED_UP' | 'MOVED' | 'DELIVERED' | 'LOST';

/** One look of a carrier, or of staff, at a parcel. */
export interface Scan {
  readonly leg: Leg;
  readonly kind: ScanKind;
  readonly at: Date;
  /** For example `Leipzig, DE`. */
  readonly place: string;
  /** A sentence for the customer. */
  readonly message: string;
  /** When it should arrive, if that is known better now. */
  readonly eta: Date | null;
}

/** What a customer reads of a parcel's way. */
export type TrackingEvent = Pick<Scan, 'leg' | 'at' | 'place' | 'message'>;
