import type { Scan } from './scan.js';
import type { Advance, Consignment, Label } from './shipment.js';

/** What orders wants of a parcel, or what the carrier has answered or seen. */
export type ShipmentCommand =
  | { readonly type: 'RequestSchedule'; readonly consignment: Consignment }
  | { readonly type: 'RequestCancel' }
  | { readonly type: 'RequestReturn'; readonly reason: string }
  /** Staff say that the parcel has left, or arrived. */
  | { readonly type: 'RequestAdvance'; readonly to: Advance; readonly at: Date }
  | { readonly type: 'ReportBooked'; readonly label: Label; readonly at: Date }
  | { readonly type: 'ReportRefused'; readonly reason: string }
  | { readonly type: 'ReportCancelled' }
  /** The carrier cannot hold it back any more. */
  | { readonly type: 'ReportNotCancelled'; readonly reason: string }
  | { readonly type: 'ReportReturnBooked'; readonly label: Label; readonly at: Date }
  | { readonly type: 'ReportScan'; readonly scan: Scan };
