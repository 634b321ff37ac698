import type { GraphQLError } from 'graphql';

// What the documents of the tests may answer with. Every test knows which of these fields it asked for and which of
// them are null, so the types here claim them all.

export interface MoneyAnswer {
  readonly amountMinor: number;
  readonly currency: string;
}
export interface CartAnswer {
  readonly id: string;
  readonly token: string;
  readonly itemCount: number;
  readonly subtotal: MoneyAnswer;
  readonly lines: readonly {
    readonly id: string;
    readonly quantity: number;
    readonly variant: { readonly id: string };
    readonly unitPrice: MoneyAnswer;
  }[];
}
export interface OrderAnswer {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly email: string;
  readonly accessToken: string;
  readonly cancellable: boolean;
  readonly returnable: boolean;
  readonly returnableUntil: string | null;
  readonly return: { readonly status: string; readonly message: string } | null;
  readonly availableTransitions: readonly string[];
  readonly subtotal: MoneyAnswer;
  readonly shippingPrice: MoneyAnswer;
  readonly total: MoneyAnswer;
  readonly lines: readonly { readonly quantity: number; readonly unitPrice: MoneyAnswer }[];
  readonly timeline: readonly { readonly type: string; readonly message: string }[];
}
export interface ErrorAnswer {
  readonly __typename: string;
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly variantId: string;
  readonly available: number;
  readonly offeredOptionIds: readonly string[];
  readonly returnableUntil: string;
}
export interface CartPayload {
  readonly cart: CartAnswer;
  readonly errors: readonly ErrorAnswer[];
}
export interface OrderPayload {
  readonly order: OrderAnswer;
  readonly errors: readonly ErrorAnswer[];
}
export interface OrderPage {
  readonly nodes: readonly OrderAnswer[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
export interface StepAnswer {
  readonly name: string;
  readonly status: string;
  readonly attempts: number;
  readonly deadline: string | null;
  readonly nextRetryAt: string | null;
  readonly lastError: string | null;
  readonly compensation: StepAnswer | null;
}
export interface SagaAnswer {
  readonly orderId: string;
  readonly status: string;
  readonly nextActionAt: string | null;
  readonly order: OrderAnswer;
  readonly steps: readonly StepAnswer[];
  readonly history: readonly { readonly sequence: number; readonly step: string; readonly type: string }[];
}
export interface SagaPayload {
  readonly saga: SagaAnswer;
  readonly errors: readonly ErrorAnswer[];
}
export interface SagaPage {
  readonly nodes: readonly SagaAnswer[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
export interface Answer {
  readonly data: {
    readonly cart: CartAnswer;
    readonly order: OrderAnswer;
    readonly orders: OrderPage;
    readonly allOrders: OrderPage;
    readonly addToCart: CartPayload;
    readonly updateCartLine: CartPayload;
    readonly removeCartLine: CartPayload;
    readonly mergeCart: CartPayload;
    readonly placeOrder: OrderPayload;
    readonly cancelOrder: OrderPayload;
    readonly transitionOrder: OrderPayload;
    readonly returnOrder: OrderPayload;
    readonly saga: SagaAnswer;
    readonly sagas: SagaPage;
    readonly retrySaga: SagaPayload;
    readonly compensateSaga: SagaPayload;
    readonly orderUpdated: OrderAnswer;
    readonly orderFeed: OrderAnswer;
    readonly _entities: readonly (OrderAnswer | null)[];
  };
  readonly errors?: readonly GraphQLError[];
}

/** The first of the errors that a test expects. */
export const firstError = ({ errors }: Answer): GraphQLError => {
  const [error] = errors ?? [];
  if (!error) throw new Error('expected an error, got none');
  return error;
};
export const codeOf = (answer: Answer): unknown => firstError(answer).extensions['code'];

/** A member that a test knows to be there. */
export function only<Item>(items: readonly Item[], index = 0): Item {
  const item = items.at(index);
  if (item === undefined) throw new Error(`expected an item at ${index}, got ${items.length} of them`);
  return item;
}
