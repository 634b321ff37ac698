import type { OrderStatus } from './order-status.js';

/** ISO 4217 codes of the currencies that Souk trades in. */
export type Currency = 'EUR' | 'GBP' | 'USD';

/** Exact money: integer minor units, never a float. */
export interface Money {
  readonly amountMinor: number;
  readonly currency: Currency;
}

/** What is bought, at the agreed price of one unit in minor units. */
export interface OrderedLine {
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

/** What never changes about an order. */
export interface OrderFacts {
  readonly orderId: string;
  readonly number: string;
  /** The account that placed it; null for a guest. */
  readonly customerId: string | null;
  readonly email: string;
  readonly total: Money;
  readonly lines: readonly OrderedLine[];
  /** What the payment form returned. Null once the payment was asked for: it is good for one use. */
  readonly paymentToken: string | null;
}

/** Why an order could not be placed. */
export type OrderFailure =
  | {
      readonly code: 'OUT_OF_STOCK';
      readonly variantId: string;
      readonly requested: number;
      readonly available: number;
    }
  | { readonly code: 'PAYMENT_DECLINED'; readonly reason: string }
  | { readonly code: 'TIMED_OUT' };

/** How far inventory is, as far as orders knows. */
export type StockStep = 'REQUESTED' | 'RESERVED' | 'REFUSED' | 'RELEASED' | 'COMMITTED';
/** How far payments is, as far as orders knows. */
export type PaymentStep = 'NONE' | 'REQUESTED' | 'AUTHORIZED' | 'DECLINED' | 'UNDONE' | 'CAPTURED';

/** Everything about an order that changes. */
export interface OrderState {
  readonly status: OrderStatus;
  /** Number of the latest timeline entry: each entry is one version. */
  readonly version: number;
  readonly stock: StockStep;
  readonly payment: PaymentStep;
  /** True from the moment it was PLACED, whatever became of it since: its placement succeeded. */
  readonly accepted: boolean;
  readonly failure: OrderFailure | null;
}

/** An order before its first event. */
export const NO_ORDER: OrderState = {
  status: 'PENDING',
  version: 0,
  stock: 'REQUESTED',
  payment: 'NONE',
  accepted: false,
  failure: null,
};
