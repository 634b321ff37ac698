import type { OrderState } from './order.js';
import { isSilent, type OrderEvent } from './order-event.js';

/** The order after an event. Every event that can be seen makes a version of its own. */
export function evolve(order: OrderState, event: OrderEvent): OrderState {
  const changed = { ...order, ...changesOf(order, event) };
  return isSilent(event) ? changed : { ...changed, version: order.version + 1 };
}

function changesOf(order: OrderState, event: OrderEvent): Partial<OrderState> {
  switch (event.type) {
    case 'OrderReceived':
      return { status: 'PENDING' };
    case 'StockReserved':
      return { stock: 'RESERVED', payment: 'REQUESTED' };
    case 'StockRefused':
      return { stock: 'REFUSED' };
    case 'PaymentAuthorized':
      return { payment: 'AUTHORIZED' };
    case 'PaymentDeclined':
      return { payment: 'DECLINED' };
    case 'OrderPlaced':
      return { status: 'PLACED', accepted: true };
    case 'OrderFailed':
      return { ...letGo(order), status: 'FAILED', failure: event.failure };
    case 'OrderAdvanced':
      return { status: event.to, ...ADVANCED[event.to] };
    case 'OrderCancelled':
      return { ...letGo(order), status: 'CANCELLED' };
    case 'StockReservedTooLate':
      return { stock: 'RELEASED' };
    case 'PaymentAuthorizedTooLate':
      return { payment: 'UNDONE' };
  }
}

const ADVANCED = {
  PAID: { payment: 'CAPTURED' },
  SHIPPED: { stock: 'COMMITTED' },
  COMPLETE: {},
} as const;

/** What an order holds elsewhere, or may come to hold by a request under way, is let go when it is undone. */
const letGo = (order: OrderState): Pick<OrderState, 'stock' | 'payment'> => ({
  stock: order.stock === 'REFUSED' ? 'REFUSED' : 'RELEASED',
  payment: order.payment === 'NONE' || order.payment === 'DECLINED' ? order.payment : 'UNDONE',
});
