import type { Stock } from './stock.js';

/**
 * A step of an order that this item has taken: the memory that makes a repeated command harmless. It is kept until
 * the order's reservation says that the whole step is done, and at least until the item's next change.
 */
export interface OrderStep {
  readonly orderId: string;
  readonly step: 'held' | 'released' | 'committed';
}

/** What became of an adjustment. */
export type AdjustmentOutcome =
  | { readonly kind: 'applied'; readonly stock: Stock }
  | { readonly kind: 'refused'; readonly available: number };

/** An adjustment that this item has decided, kept until the key's own record holds the outcome. */
export interface AdjustmentStep {
  readonly key: string;
  readonly outcome: AdjustmentOutcome;
}

/** A variant's stock with its memory. */
export interface StockItem extends Stock {
  readonly variantId: string;
  /** Grows with every write: nobody overwrites what they have not seen. */
  readonly version: number;
  readonly steps: readonly OrderStep[];
  readonly adjustments: readonly AdjustmentStep[];
}

/** The step this item has taken for the order, if it still remembers one. */
export const stepOf = (item: StockItem, orderId: string): OrderStep['step'] | undefined =>
  item.steps.find((step) => step.orderId === orderId)?.step;

/** Notes a step in place of the order's earlier one. */
export const withStep = (item: StockItem, orderId: string, step: OrderStep['step']): StockItem => ({
  ...item,
  steps: [...item.steps.filter((other) => other.orderId !== orderId), { orderId, step }],
});

/** Forgets the steps of orders whose reservation is at rest: nothing can come again that needs them. */
export const withoutStepsOf = (item: StockItem, atRest: ReadonlySet<string>): StockItem => ({
  ...item,
  steps: item.steps.filter(({ orderId }) => !atRest.has(orderId)),
});
