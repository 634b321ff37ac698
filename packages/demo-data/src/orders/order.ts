import type { DemoAddress } from '../people/person.js';

/** Final states, and those that recent orders are still in. Names as in the orders subgraph. */
export type DemoOrderStatus = 'PLACED' | 'PAID' | 'SHIPPED' | 'COMPLETE' | 'CANCELLED';

/** An entry of an order's life, oldest first; names as in the orders subgraph. */
export interface DemoOrderEvent {
  readonly type:
    | 'RECEIVED'
    | 'STOCK_RESERVED'
    | 'PAYMENT_AUTHORIZED'
    | 'PLACED'
    | 'PAID'
    | 'SHIPPED'
    | 'COMPLETE'
    | 'CANCELLED';
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A line with the price of the day, which is the catalogue's. */
export interface DemoOrderLine {
  readonly variantId: string;
  readonly productId: string;
  /** 1 to 4. */
  readonly quantity: number;
  /** Cents. */
  readonly unitPriceMinor: number;
}

/** An order somebody placed before today. */
export interface DemoOrder {
  readonly id: string;
  /** One of `customers` or `demoAccounts`; null for a guest. */
  readonly customerId: string | null;
  readonly email: string;
  readonly shippingAddress: DemoAddress;
  /** At least one, distinct variants. */
  readonly lines: readonly DemoOrderLine[];
  /** Cents. */
  readonly shippingMinor: number;
  /** Cents, the sum of the lines and the shipping. */
  readonly totalMinor: number;
  readonly status: DemoOrderStatus;
  readonly timeline: readonly DemoOrderEvent[];
  /** ISO 8601, UTC: the first entry's instant. */
  readonly createdAt: string;
  /** The last entry's instant. */
  readonly updatedAt: string;
}

/** How much history to make. */
export interface OrderHistoryOptions {
  /** The catalogue's size: lines are drawn from its first 2,000 products. */
  readonly products: number;
  /** How many orders, oldest first. */
  readonly orders: number;
  /** The end of history; nothing happens after it. */
  readonly now: Date;
  /** @default 7 */
  readonly seed?: number;
  /** How far back, in days. @default 120 */
  readonly days?: number;
  /** How many customers of `customers()` take part. @default 400 */
  readonly customers?: number;
}
