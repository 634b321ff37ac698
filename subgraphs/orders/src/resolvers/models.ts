import type { Connection } from '@souk/kit/graphql';
import type { CartView } from '../commands/change-cart.js';
import type { CartLine } from '../domain/cart.js';
import type { CheckoutError } from '../domain/checkout-error.js';
import type { Currency, OrderedLine } from '../domain/order.js';
import type { OrderRecord } from '../domain/order-record.js';
import type { SagaRecord, SagaStepView } from '../domain/saga-record.js';
import type { TimelineEntry } from '../domain/timeline.js';

/** An order in a reply. */
export interface OrderModel extends OrderRecord {
  /** Set in the answer of the `placeOrder` that made it: then its buyer gets the access token, guest or not. */
  readonly justPlaced?: boolean;
}
export type CartModel = CartView;
export type CartLineModel = CartLine;
export type CheckoutErrorModel = CheckoutError;

/** A line, with its place in its order. */
export interface OrderLineModel extends OrderedLine {
  readonly id: string;
  readonly currency: Currency;
}

/** An entry of an order's timeline. */
export interface OrderEventModel extends TimelineEntry {
  readonly id: string;
}

export type SagaModel = SagaRecord;
export type SagaStepModel = SagaStepView;

/** A page of sagas. */
export interface SagaConnectionModel extends Connection<SagaModel> {
  readonly count: () => Promise<number>;
}

/** A page whose total is counted only if it is asked for. */
export interface OrderConnectionModel extends Connection<OrderModel> {
  readonly count: () => Promise<number>;
}
