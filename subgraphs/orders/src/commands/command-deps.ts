import type { Viewer } from '@souk/kit/auth';
import type { Logger } from '@souk/kit/log';
import type { Catalogue } from '../domain/catalogue.js';
import type { OrderRecord } from '../domain/order-record.js';
import type { ShippingRates } from '../domain/shipping-rates.js';
import type { OrdersDatabase } from '../store/database.js';
import type { NewOrder } from '../store/insert-orders.js';
import type { OrderChanges } from '../store/order-changes.js';

/** What commands work with. */
export interface CommandDeps {
  readonly database: OrdersDatabase;
  readonly catalogue: Catalogue;
  readonly shippingRates: ShippingRates;
  readonly changes: OrderChanges;
  /** Reads an order; reads of the same moment share a round trip. */
  readonly readOrder: (id: string) => Promise<OrderRecord | null>;
  /** Writes a new order; writes of the same moment share a transaction. False if its idempotency key is taken. */
  readonly insertOrder: (order: NewOrder) => Promise<boolean>;
  readonly accessTokenOf: (orderId: string) => string;
  /** What proves to other subgraphs that whoever asks may read an order. */
  readonly readerProofOf: (orderId: string) => string;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly logger: Logger;
  /** Longest wait of a mutation for an outcome, in milliseconds. */
  readonly placementWaitMs: number;
  /** Age at which an undecided order is given up, in milliseconds. */
  readonly placementDeadlineMs: number;
  /** Days after its delivery in which an order may be returned. */
  readonly returnDays: number;
}

/** What commands want to know of the request. */
export interface CommandRequest {
  readonly viewer: Viewer;
  readonly cartToken?: string | undefined;
}
