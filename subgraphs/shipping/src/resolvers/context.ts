import type { RequestContext } from '@souk/kit/subgraph';
import type DataLoader from 'dataloader';
import type { Enquiry } from '../domain/rates.js';
import type { Drills } from '../store/drills.js';
import type { ShipmentRecord, TrackingRecord } from '../store/shipments.js';
import type { ShippingOptionModel } from './models.js';

/** What resolvers get. */
export interface Context extends RequestContext {
  /** What subgraphs prove things to each other with. */
  readonly internalSecret: string;
  /** What goes wrong on purpose; undefined where that is not allowed. */
  readonly drills: Drills | undefined;
  /** Whether staff have killed shipping; looked up once an operation. */
  readonly isDown: () => Promise<boolean>;
  /** What the carrier offers. */
  readonly offersFor: (enquiry: Enquiry) => readonly ShippingOptionModel[];
  /** Shipments by order id, each read once an operation. */
  readonly shipments: DataLoader<string, ShipmentRecord | null>;
  /** Histories by order id, each read once an operation. */
  readonly tracking: DataLoader<string, TrackingRecord[]>;
}
