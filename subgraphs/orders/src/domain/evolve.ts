import type { OrderState } from './order.js';
import { type OrderEvent, type TimelineEvent, isSagaEvent } from './order-event.js';
import type { SagaEvent } from './saga-event.js';
import type { SagaStep } from './saga-step.js';

/** The order after an event. Every event that its customer sees makes a version of its own. */
export function evolve(order: OrderState, event: OrderEvent): OrderState {
  if (isSagaEvent(event)) {
    return { ...order, steps: { ...order.steps, [event.step]: stepAfter(order.steps[event.step], event) } };
  }
  return { ...order, ...changesOf(event), version: order.version + 1 };
}

function changesOf(event: TimelineEvent): Partial<OrderState> {
  switch (event.type) {
    case 'OrderPlaced':
      return { status: 'PLACED', accepted: true };
    case 'OrderFailed':
      return { status: 'FAILED', failure: event.failure };
    case 'OrderAdvanced':
      return { status: event.to };
    case 'OrderCancelled':
      return { status: 'CANCELLED' };
    case 'PaymentRefunded':
      return { refundedMinor: event.refundedMinor };
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
    case 'ReturnRequested':
    case 'ReturnScheduled':
    case 'ParcelReturned':
      return {};
  }
}

const NOT_BEGUN: Omit<SagaStep, 'startedAt'> = {
  status: 'ASKED',
  attempts: 0,
  endedAt: null,
  deadline: null,
  nextRetryAt: null,
  lastError: null,
  note: null,
};

function stepAfter(before: SagaStep | undefined, event: SagaEvent): SagaStep {
  const step = before ?? { ...NOT_BEGUN, startedAt: event.at };
  const ended = { ...step, endedAt: event.at, nextRetryAt: null };
  switch (event.type) {
    case 'StepAsked':
      return {
        ...NOT_BEGUN,
        startedAt: event.at,
        attempts: 1,
        deadline: event.deadline,
        nextRetryAt: event.retryAt,
        note: event.note,
      };
    case 'StepAskedAgain':
      return {
        ...step,
        attempts: step.attempts + 1,
        nextRetryAt: event.retryAt,
        lastError: 'There was no answer.',
      };
    case 'StepRestarted':
      return {
        ...step,
        status: 'ASKED',
        attempts: step.attempts + 1,
        deadline: event.deadline,
        nextRetryAt: event.retryAt,
      };
    case 'StepExtended':
      return { ...step, deadline: event.deadline, nextRetryAt: null, note: event.note };
    case 'StepHurried':
      return { ...step, note: event.note };
    case 'StepDone':
      return { ...ended, status: 'DONE' };
    case 'StepRefused':
      return { ...ended, status: 'REFUSED', lastError: event.reason };
    case 'StepDropped':
      return { ...ended, status: 'DROPPED' };
    case 'StepStuck':
      return {
        ...step,
        status: 'STUCK',
        nextRetryAt: event.retryAt,
        lastError: 'There was no answer in time.',
      };
  }
}
