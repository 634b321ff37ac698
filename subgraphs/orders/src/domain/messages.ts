import type { OrderFacts, OrderState } from './order.js';
import type { OrderEvent } from './order-event.js';

/** Something to tell other subgraphs: a command for one of them, or a fact for everybody. */
export interface OrderMessage {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * What other subgraphs must be told when an event happens to an order.
 *
 * @param before the order before the event
 */
export function messagesFor(
  event: OrderEvent,
  before: OrderState,
  facts: OrderFacts,
): readonly OrderMessage[] {
  const { orderId } = facts;
  switch (event.type) {
    case 'OrderReceived':
      return [reserveStock(facts)];
    case 'StockReserved':
      return [authorizePayment(facts)];
    case 'OrderPlaced':
      return [fact('order.placed', facts)];
    case 'OrderFailed':
      return [
        ...undo(before, facts, event.failure.code),
        fact('order.failed', facts, { failure: event.failure }),
      ];
    case 'OrderCancelled':
      return [...undo(before, facts, 'CANCELLED'), fact('order.cancelled', facts, { reason: event.reason })];
    case 'OrderAdvanced':
      return [...advance(event.to, orderId), fact(FACT_OF[event.to], facts)];
    case 'StockReservedTooLate':
      return [releaseStock(orderId, 'TOO_LATE')];
    case 'PaymentAuthorizedTooLate':
      return [voidPayment(orderId)];
    case 'StockRefused':
    case 'PaymentAuthorized':
    case 'PaymentDeclined':
      return [];
  }
}

const FACT_OF = { PAID: 'order.paid', SHIPPED: 'order.shipped', COMPLETE: 'order.completed' } as const;

const reserveStock = ({ orderId, lines }: OrderFacts): OrderMessage => ({
  type: 'stock.reserve-requested',
  payload: { orderId, lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })) },
});
const authorizePayment = ({ orderId, total, paymentToken, customerId, email }: OrderFacts): OrderMessage => ({
  type: 'payment.authorize-requested',
  payload: { orderId, ...total, paymentToken, customerId, email },
});
const releaseStock = (orderId: string, reason: string): OrderMessage => ({
  type: 'stock.release-requested',
  payload: { orderId, reason },
});
const voidPayment = (orderId: string): OrderMessage => ({
  type: 'payment.void-requested',
  payload: { orderId },
});

/** A refusal means that nothing is held there; a request under way is undone before its answer is known. */
const undo = (before: OrderState, { orderId }: OrderFacts, reason: string): readonly OrderMessage[] => [
  ...(before.stock === 'REFUSED' ? [] : [releaseStock(orderId, reason)]),
  ...(before.payment === 'NONE' || before.payment === 'DECLINED' ? [] : [voidPayment(orderId)]),
];

const advance = (to: keyof typeof FACT_OF, orderId: string): readonly OrderMessage[] => {
  if (to === 'PAID') return [{ type: 'payment.capture-requested', payload: { orderId } }];
  if (to === 'SHIPPED') return [{ type: 'stock.commit-requested', payload: { orderId } }];
  return [];
};

const fact = (
  type: string,
  { orderId, number, customerId, email, total, lines }: OrderFacts,
  more: Readonly<Record<string, unknown>> = {},
): OrderMessage => ({ type, payload: { orderId, number, customerId, email, ...total, lines, ...more } });
