import { type Move, inTurn, undo } from './moves.js';
import { hasLeft } from './order-status.js';
import { policyOf, retryAfter, retryOfStuck, deadlineOf } from './saga-policy.js';
import { type StepName, isOpen, openSteps } from './saga-step.js';

/** Time has passed: what is overdue is given up, what is due is asked for again. */
export const tick: Move = (situation) => inTurn(...openSteps(situation.order.steps).map(whenDue))(situation);

const whenDue =
  (name: StepName): Move =>
  (situation) => {
    const step = situation.order.steps[name];
    const { at } = situation;
    // An earlier step's end may have dropped this one.
    if (!isOpen(step)) return [];
    if (step.status === 'ASKED' && step.deadline && step.deadline <= at) return overdue(name)(situation);
    if (!step.nextRetryAt || step.nextRetryAt > at) return [];
    const retryAt =
      step.status === 'STUCK' ? retryOfStuck(name, at) : retryAfter(name, step.attempts + 1, at);
    return [{ type: 'StepAskedAgain', step: name, at, retryAt }];
  };

const overdue =
  (name: StepName): Move =>
  (situation) => {
    const { status } = situation.order;
    const { at } = situation;
    if (policyOf(name).onDeadline === 'STUCK' || hasLeft(status)) {
      return [{ type: 'StepStuck', step: name, at, retryAt: retryOfStuck(name, at) }];
    }
    return undo(status === 'PENDING' ? NOT_PLACED : NOT_CARRIED_OUT)(situation);
  };

const NOT_PLACED = { type: 'OrderFailed', failure: { code: 'TIMED_OUT' } } as const;
const NOT_CARRIED_OUT = {
  type: 'OrderCancelled',
  reason: 'The order could not be carried out in time, so it was cancelled and your payment given back.',
} as const;

/** Everything that waits for an answer is asked for again now, with all its time but a buyer's. */
export const retry: Move = ({ order, at }) =>
  openSteps(order.steps).map((name) => ({
    type: 'StepRestarted',
    step: name,
    at,
    deadline: deadlineOf(name, at, order.steps[name]?.deadline ?? at),
    retryAt: retryAfter(name, 1, at),
  }));
