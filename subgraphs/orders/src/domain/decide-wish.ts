import { isReturning, lost, returnLost } from './decide-shipment.js';
import { retry } from './decide-time.js';
import { type Move, type Situation, ask, done, inTurn, tell, undo } from './moves.js';
import { standingOf } from './order.js';
import type { Decision, OrderCommand } from './order-command.js';
import { availableTransitions, isCancellable } from './order-status.js';
import { isOpen } from './saga-step.js';

/** What customers and staff want of an order. Unlike reports, a wish that does not fit is refused. */
export type Wish = Extract<
  OrderCommand,
  { type: 'Cancel' | 'Transition' | 'Return' | 'Retry' | 'Compensate' }
>;

const accept = (situation: Situation, ...moves: readonly Move[]): Decision => ({
  accepted: true,
  events: inTurn(...moves)(situation),
});
const refuse = ({ order }: Situation): Decision => ({
  accepted: false,
  refusal: { status: order.status, availableTransitions: availableTransitions(standingOf(order)) },
});

export function decideWish(wish: Wish, situation: Situation): Decision {
  switch (wish.type) {
    case 'Cancel':
      return decideCancel(wish.reason, situation);
    case 'Transition':
      return decideTransition(wish, situation);
    case 'Return':
      return decideReturn(wish.reason, situation);
    case 'Retry':
      return accept(situation, retry);
    case 'Compensate':
      return decideCompensate(wish.reason, situation);
  }
}

function decideCompensate(reason: string | null, situation: Situation): Decision {
  if (situation.order.status === 'SHIPPED') return accept(situation, lost(reason));
  if (isReturning(situation.order)) return accept(situation, returnLost);
  return decideCancel(reason, situation);
}

/** Once shipping was asked for a parcel, only shipping knows whether it can be stopped: it is asked first. */
function decideCancel(reason: string | null, situation: Situation): Decision {
  const { status, steps } = situation.order;
  if (status === 'CANCELLED' || isOpen(steps.CANCEL_SHIPMENT)) return accept(situation);
  if (!isCancellable(standingOf(situation.order))) return refuse(situation);
  return steps.SCHEDULE_SHIPMENT
    ? accept(situation, tell({ type: 'CancelRequested', reason }), ask('CANCEL_SHIPMENT', reason))
    : accept(situation, undo({ type: 'OrderCancelled', reason }));
}

function decideTransition(
  { to, message }: Extract<Wish, { type: 'Transition' }>,
  situation: Situation,
): Decision {
  const { order } = situation;
  if (to === order.status) return accept(situation);
  if (!availableTransitions(standingOf(order)).includes(to)) return refuse(situation);
  if (to === 'CANCELLED') return decideCancel(message, situation);
  if (to === 'SHIPPED') return accept(situation, hurry('SHIP', message));
  // Shipping knows nothing of parcels that left before it kept them: their arrival is only said.
  return order.steps.SCHEDULE_SHIPMENT
    ? accept(situation, hurry('DELIVER', message))
    : accept(situation, done('DELIVER'), tell({ type: 'OrderAdvanced', to: 'COMPLETE', message }));
}

const hurry =
  (step: 'SHIP' | 'DELIVER', note: string | null): Move =>
  ({ at }) => [{ type: 'StepHurried', step, at, note }];

function decideReturn(reason: string | null, situation: Situation): Decision {
  const { status, steps } = situation.order;
  if (status !== 'COMPLETE') return refuse(situation);
  return steps.RETURN_SHIPMENT
    ? accept(situation)
    : accept(situation, tell({ type: 'ReturnRequested', reason }), ask('RETURN_SHIPMENT', reason));
}
