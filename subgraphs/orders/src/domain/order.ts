import type { ShippingAddress } from './checkout-input.js';
import type { OrderStatus, Standing } from './order-status.js';
import type { SagaSteps } from './saga-step.js';

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
  /** What is charged: the lines and the shipping. */
  readonly total: Money;
  /** The part of the total that sending costs, in minor units. */
  readonly shippingMinor: number;
  readonly lines: readonly OrderedLine[];
  readonly shippingAddress: ShippingAddress;
  /** How it is sent; null, in orders from before it was charged for, leaves it to shipping. */
  readonly shippingOptionId: string | null;
  /** What the payment form returned. Null once the payment is decided: nobody has to be asked again. */
  readonly paymentToken: string | null;
  /** When stock and payment must be decided. */
  readonly decideBy: Date;
}

/** What the lines cost: the total without the shipping. */
export const subtotalMinorOf = ({
  total,
  shippingMinor,
}: Pick<OrderFacts, 'total' | 'shippingMinor'>): number => total.amountMinor - shippingMinor;

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

/** Everything about an order that changes. */
export interface OrderState {
  readonly status: OrderStatus;
  /** Number of the latest timeline entry: each entry is one version. */
  readonly version: number;
  /** True from the moment it was PLACED, whatever became of it since: its placement succeeded. */
  readonly accepted: boolean;
  readonly failure: OrderFailure | null;
  /** All that was given back so far, in minor units. */
  readonly refundedMinor: number;
  /** How far its saga is. */
  readonly steps: SagaSteps;
}

/** An order before its first event. */
export const NO_ORDER: OrderState = {
  status: 'PENDING',
  version: 0,
  accepted: false,
  failure: null,
  refundedMinor: 0,
  steps: {},
};

/** What decides where an order may be moved to by hand. */
export const standingOf = ({ status, steps }: OrderState): Standing => {
  const cancel = steps.CANCEL_SHIPMENT;
  return {
    status,
    scheduled: steps.SCHEDULE_SHIPMENT?.status === 'DONE',
    cancellation: !cancel ? 'NONE' : cancel.status === 'REFUSED' ? 'REFUSED' : 'ASKED',
  };
};
