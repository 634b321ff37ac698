import type { Scan } from './scan.js';
import type { Advance, Consignment, Label } from './shipment.js';

/** What happened to a parcel. All but the first four and `Noted` are told to others. */
export type ShipmentEvent =
  | { readonly type: 'ScheduleRequested'; readonly consignment: Consignment }
  | { readonly type: 'CancelRequested' }
  | { readonly type: 'ReturnRequested'; readonly reason: string }
  | { readonly type: 'AdvanceRequested'; readonly to: Advance }
  | { readonly type: 'Refused'; readonly reason: string }
  | { readonly type: 'Scheduled'; readonly label: Label; readonly at: Date }
  | { readonly type: 'Cancelled' }
  | { readonly type: 'CancelRefused'; readonly reason: string }
  | { readonly type: 'Shipped'; readonly scan: Scan }
  | { readonly type: 'Moved'; readonly scan: Scan }
  /** A scan that came late: it belongs to the history, and is no news. */
  | { readonly type: 'Noted'; readonly scan: Scan }
  | { readonly type: 'Delivered'; readonly scan: Scan }
  | { readonly type: 'Lost'; readonly scan: Scan }
  | { readonly type: 'ReturnScheduled'; readonly label: Label; readonly at: Date }
  | { readonly type: 'Returned'; readonly scan: Scan };
