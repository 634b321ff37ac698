import type { OrderState } from './order.js';
import type { Decision, OrderCommand } from './order-command.js';
import type { OrderEvent } from './order-event.js';
import { availableTransitions, isCancellable, isUndone } from './order-status.js';

const accept = (...events: OrderEvent[]): Decision => ({ accepted: true, events });
const NOTHING: Decision = accept();
const refuse = ({ status }: OrderState): Decision => ({
  accepted: false,
  refusal: { status, availableTransitions: availableTransitions(status) },
});

/**
 * What follows from a command. Reports of other subgraphs may come twice, late and in any order: one that no longer
 * fits is dropped, unless it tells that something is held for an order that is off; then that is let go.
 *
 * @example decide({ type: 'ReportStockReserved' }, order) // { accepted: true, events: [{ type: 'StockReserved' }] }
 */
export function decide(command: OrderCommand, order: OrderState): Decision {
  switch (command.type) {
    case 'Receive':
      return order.version === 0 ? accept({ type: 'OrderReceived' }) : NOTHING;
    case 'ReportStockReserved':
      if (isUndone(order.status)) return accept({ type: 'StockReservedTooLate' });
      return order.stock === 'REQUESTED' ? accept({ type: 'StockReserved' }) : NOTHING;
    case 'ReportStockRefused':
      return decideStockRefused(command, order);
    case 'ReportPaymentAuthorized':
      if (isUndone(order.status)) return accept({ type: 'PaymentAuthorizedTooLate' });
      return order.payment === 'REQUESTED'
        ? accept({ type: 'PaymentAuthorized' }, { type: 'OrderPlaced' })
        : NOTHING;
    case 'ReportPaymentDeclined':
      return decidePaymentDeclined(command.reason, order);
    case 'TimeOut':
      return order.status === 'PENDING'
        ? accept({ type: 'OrderFailed', failure: { code: 'TIMED_OUT' } })
        : NOTHING;
    case 'Cancel':
      return decideCancel(command.reason, order);
    case 'Transition':
      return decideTransition(command, order);
  }
}

function decideStockRefused(
  { variantId, requested, available }: Extract<OrderCommand, { type: 'ReportStockRefused' }>,
  order: OrderState,
): Decision {
  if (order.status !== 'PENDING' || order.stock !== 'REQUESTED') return NOTHING;
  const failure = { code: 'OUT_OF_STOCK', variantId, requested, available } as const;
  return accept({ type: 'StockRefused' }, { type: 'OrderFailed', failure });
}

function decidePaymentDeclined(reason: string, order: OrderState): Decision {
  if (order.status !== 'PENDING' || order.payment !== 'REQUESTED') return NOTHING;
  const failure = { code: 'PAYMENT_DECLINED', reason } as const;
  return accept({ type: 'PaymentDeclined', reason }, { type: 'OrderFailed', failure });
}

function decideCancel(reason: string | null, order: OrderState): Decision {
  if (order.status === 'CANCELLED') return NOTHING;
  return isCancellable(order.status) ? accept({ type: 'OrderCancelled', reason }) : refuse(order);
}

function decideTransition(
  { to, message }: Extract<OrderCommand, { type: 'Transition' }>,
  order: OrderState,
): Decision {
  if (to === order.status) return NOTHING;
  if (!availableTransitions(order.status).includes(to)) return refuse(order);
  if (to === 'CANCELLED') return decideCancel(message, order);
  // PENDING, PLACED and FAILED are in no state's list: what is left is what staff moves an order to.
  return to === 'PAID' || to === 'SHIPPED' || to === 'COMPLETE'
    ? accept({ type: 'OrderAdvanced', to, message })
    : refuse(order);
}
