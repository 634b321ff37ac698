import { type OrderFacts, type OrderState, subtotalMinorOf } from './order.js';
import { type OrderEvent, type TimelineEvent, isSagaEvent } from './order-event.js';
import type { SagaEvent } from './saga-event.js';
import type { StepName } from './saga-step.js';

/** Something to tell other subgraphs: a command for one of them, or a fact for everybody. */
export interface OrderMessage {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * What other subgraphs must be told when an event happens to an order.
 *
 * @param after the order after the event
 */
export function messagesFor(
  event: OrderEvent,
  after: OrderState,
  facts: OrderFacts,
): readonly OrderMessage[] {
  return isSagaEvent(event) ? commandsFor(event, after, facts) : factsFor(event, facts);
}

function commandsFor(event: SagaEvent, { steps }: OrderState, facts: OrderFacts): readonly OrderMessage[] {
  switch (event.type) {
    case 'StepAsked':
    case 'StepAskedAgain':
    case 'StepRestarted': {
      const request = requestOf(event.step, facts, steps[event.step]?.note ?? null);
      return request ? [request] : [];
    }
    case 'StepHurried': {
      const to = event.step === 'SHIP' ? 'SHIPPED' : 'DELIVERED';
      return [{ type: 'shipment.advance-requested', payload: { orderId: facts.orderId, to } }];
    }
    case 'StepExtended':
    case 'StepDone':
    case 'StepRefused':
    case 'StepDropped':
    case 'StepStuck':
      return [];
  }
}

/** What is asked of whom for a step; undefined for one that is only waited for. May be sent again at any time. */
function requestOf(step: StepName, facts: OrderFacts, note: string | null): OrderMessage | undefined {
  const { orderId } = facts;
  switch (step) {
    case 'RESERVE_STOCK':
      return { type: 'stock.reserve-requested', payload: { orderId, lines: unitsOf(facts) } };
    case 'AUTHORIZE_PAYMENT': {
      const { total, paymentToken, customerId, email } = facts;
      return {
        type: 'payment.authorize-requested',
        payload: { orderId, ...total, paymentToken, customerId, email },
      };
    }
    case 'COMMIT_STOCK':
      return { type: 'stock.commit-requested', payload: { orderId } };
    case 'CAPTURE_PAYMENT':
      return { type: 'payment.capture-requested', payload: { orderId } };
    case 'SCHEDULE_SHIPMENT':
      return { type: 'shipment.schedule-requested', payload: parcelOf(facts) };
    case 'CANCEL_SHIPMENT':
      return { type: 'shipment.cancel-requested', payload: { orderId } };
    case 'RETURN_SHIPMENT':
      return {
        type: 'shipment.return-requested',
        payload: { orderId, reason: note ?? 'The customer sends it back.' },
      };
    case 'VOID_PAYMENT':
      return { type: 'payment.void-requested', payload: { orderId } };
    case 'RELEASE_STOCK':
      return { type: 'stock.release-requested', payload: { orderId, reason: note } };
    case 'SHIP':
    case 'DELIVER':
    case 'RECEIVE_RETURN':
      return undefined;
  }
}

const unitsOf = ({ lines }: OrderFacts) => lines.map(({ variantId, quantity }) => ({ variantId, quantity }));

const parcelOf = (facts: OrderFacts) => ({
  orderId: facts.orderId,
  number: facts.number,
  optionId: facts.shippingOptionId,
  address: facts.shippingAddress,
  lines: unitsOf(facts),
  totalMinor: facts.total.amountMinor,
  currency: facts.total.currency,
  email: facts.email,
  customerId: facts.customerId,
});

function factsFor(event: TimelineEvent, facts: OrderFacts): readonly OrderMessage[] {
  switch (event.type) {
    case 'OrderPlaced':
      return [fact('order.placed', facts)];
    case 'OrderFailed':
      return [fact('order.failed', facts, { failure: event.failure })];
    case 'OrderCancelled':
      return [fact('order.cancelled', facts, { reason: event.reason })];
    case 'OrderAdvanced':
      return [fact(FACT_OF[event.to], facts)];
    case 'ParcelReturned':
      return [fact('order.returned', facts)];
    case 'OrderReceived':
    case 'StockReserved':
    case 'StockRefused':
    case 'PaymentChallenged':
    case 'PaymentAuthorized':
    case 'PaymentDeclined':
    case 'ShipmentScheduled':
    case 'ParcelMoved':
    case 'CancelRequested':
    case 'CancelRefused':
    case 'PaymentVoided':
    case 'PaymentRefunded':
    case 'ReturnRequested':
    case 'ReturnScheduled':
      return [];
  }
}

const FACT_OF = { PAID: 'order.paid', SHIPPED: 'order.shipped', COMPLETE: 'order.completed' } as const;

const fact = (
  type: string,
  facts: OrderFacts,
  more: Readonly<Record<string, unknown>> = {},
): OrderMessage => {
  const { orderId, number, customerId, email, total, shippingMinor, lines } = facts;
  const amounts = { ...total, subtotalMinor: subtotalMinorOf(facts), shippingMinor };
  return { type, payload: { orderId, number, customerId, email, ...amounts, lines, ...more } };
};
