import type { Line, Stock } from '../facts/facts.js';

// What buyers and staff ask, and what comes back.

export const ADD_TO_CART = `mutation ($input: AddToCartInput!) {
  addToCart(input: $input) { cart { token itemCount } errors { code message } }
}`;
export interface AddToCart {
  readonly addToCart: {
    readonly cart: { readonly token: string | null; readonly itemCount: number } | null;
    readonly errors: readonly { readonly code: string }[];
  };
}

const ORDER = 'id number status version accessToken total { amountMinor } lines { quantity variant { id } }';

export const PLACE_ORDER = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { ${ORDER} } errors { code message } }
}`;
export interface OrderAnswer {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly accessToken: string | null;
  readonly total: { readonly amountMinor: number };
  readonly lines: readonly { readonly quantity: number; readonly variant: { readonly id: string } | null }[];
}
export interface PlaceOrder {
  readonly placeOrder: {
    readonly order: OrderAnswer | null;
    readonly errors: readonly { readonly code: string; readonly message: string }[];
  };
}

export const ORDER_STATUS = `query ($id: ID!) { order(id: $id) { status } }`;
export interface OrderStatus {
  readonly order: { readonly status: string } | null;
}

export const CANCEL_ORDER = `mutation ($input: CancelOrderInput!) {
  cancelOrder(input: $input) { order { id status } errors { code message } }
}`;
export interface CancelOrder {
  readonly cancelOrder: { readonly order: { readonly id: string; readonly status: string } | null };
}

export const RETURN_ORDER = `mutation ($input: ReturnOrderInput!) {
  returnOrder(input: $input) { order { id } errors { code message } }
}`;
export interface ReturnOrder {
  readonly returnOrder: { readonly errors: readonly { readonly code: string }[] };
}

export const PAYMENT_CHALLENGE = `query ($id: ID!) { order(id: $id) { payment { challenge { id } } } }`;
export interface PaymentChallenge {
  readonly order: { readonly payment: { readonly challenge: { readonly id: string } | null } | null } | null;
}
export const COMPLETE_CHALLENGE = `mutation ($input: CompletePaymentChallengeInput!) {
  completePaymentChallenge(input: $input) { errors { code message } }
}`;

export const REFUND_PAYMENT = `mutation ($input: RefundPaymentInput!) {
  refundPayment(input: $input) { refund { id } errors { code message } }
}`;
export interface RefundPayment {
  readonly refundPayment: { readonly refund: { readonly id: string } | null };
}

export const TRANSITION_ORDER = `mutation ($input: TransitionOrderInput!) {
  transitionOrder(input: $input) { order { id status } errors { code message } }
}`;

export const ADJUST_STOCK = `mutation ($input: AdjustStockInput!) {
  adjustStock(input: $input) { stock { onHand } errors { code message } }
}`;
export interface AdjustStock {
  readonly adjustStock: {
    readonly stock: { readonly onHand: number } | null;
    readonly errors: readonly { readonly code: string }[];
  };
}

export const ORDER_UPDATED = `subscription ($id: ID!, $token: String) {
  orderUpdated(id: $id, accessToken: $token) { id status version }
}`;
export interface OrderUpdated {
  readonly orderUpdated: { readonly id: string; readonly status: string; readonly version: number } | null;
}

export const STOCK_CHANGED = `subscription ($variantIds: [ID!]!) {
  stockChanged(variantIds: $variantIds) { id stock { onHand available reserved } }
}`;
export interface StockChanged {
  readonly stockChanged: { readonly id: string; readonly stock: Stock | null } | null;
}

export const linesOf = (order: Pick<OrderAnswer, 'lines'>): Line[] =>
  order.lines.map(({ quantity, variant }) => ({ quantity, variantId: variant?.id ?? '' }));
