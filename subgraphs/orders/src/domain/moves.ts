import { evolve } from './evolve.js';
import type { OrderFacts, OrderState } from './order.js';
import type { OrderEvent, TimelineEvent } from './order-event.js';
import { deadlineOf, retryAfter } from './saga-policy.js';
import { FORWARD_STEPS, type ForwardStep, type StepName, isOpen } from './saga-step.js';

/** Everything that a decision goes by. */
export interface Situation {
  readonly order: OrderState;
  readonly facts: OrderFacts;
  readonly at: Date;
}

/** A part of a decision: the events that follow from how things stand. */
export type Move = (situation: Situation) => readonly OrderEvent[];

/** Makes moves one after the other, each going by what the ones before it have changed. */
export const inTurn =
  (...moves: readonly Move[]): Move =>
  (situation) => {
    const events: OrderEvent[] = [];
    let { order } = situation;
    for (const move of moves) {
      const next = move({ ...situation, order });
      events.push(...next);
      order = next.reduce(evolve, order);
    }
    return events;
  };

export const nothing: Move = () => [];

/** Lets the customer see something. */
export const tell =
  (event: TimelineEvent): Move =>
  () => [event];

/** Begins a step. */
export const ask =
  (step: StepName, note: string | null = null): Move =>
  ({ at, facts }) => [
    {
      type: 'StepAsked',
      step,
      at,
      deadline: deadlineOf(step, at, facts.decideBy),
      retryAt: retryAfter(step, 1, at),
      note,
    },
  ];

/** A step is done, also one that was never begun: reports may overtake each other. */
export const done =
  (step: StepName): Move =>
  ({ order, at }) =>
    order.steps[step]?.status === 'DONE' ? [] : [{ type: 'StepDone', step, at }];

export const refused =
  (step: StepName, reason: string): Move =>
  ({ at }) => [{ type: 'StepRefused', step, at, reason }];

/** Does a step's move if the step waits for an answer. */
export const ifOpen =
  (step: StepName, move: Move): Move =>
  (situation) =>
    isOpen(situation.order.steps[step]) ? move(situation) : [];

/** Begins the first forward step that was not begun yet, once no other one waits for an answer. */
export const goOn: Move = (situation) => {
  const { steps } = situation.order;
  const next = FORWARD_STEPS.find((name) => !steps[name]);
  return next && !FORWARD_STEPS.some((name) => isOpen(steps[name])) ? ask(next)(situation) : [];
};

/** Forward steps that nobody waits for any more. */
const dropOpen: Move = ({ order, at }) =>
  FORWARD_STEPS.filter((step) => isOpen(order.steps[step])).map((step) => ({
    type: 'StepDropped',
    step,
    at,
  }));

/**
 * Ends an order that will not be carried out, and asks for everything back that it holds or may come to hold by a
 * request under way, the last thing first. Neither waits for the other: that payments are away keeps no unit from
 * being sold.
 *
 * @param goods 'KEPT' if the units are back in the house or never left it, 'GONE' if they are lost
 */
export const undo = (
  ending: Extract<TimelineEvent, { type: 'OrderFailed' | 'OrderCancelled' }>,
  goods: 'KEPT' | 'GONE' = 'KEPT',
): Move => {
  const reason = ending.type === 'OrderFailed' ? ending.failure.code : (ending.reason ?? 'CANCELLED');
  return inTurn(
    dropOpen,
    tell(ending),
    // A refusal means that nothing is held there.
    unless(['AUTHORIZE_PAYMENT', 'CAPTURE_PAYMENT'], giveMoneyBack(reason)),
    goods === 'KEPT' ? unless(['RESERVE_STOCK'], ask('RELEASE_STOCK', reason)) : nothing,
  );
};

/** Asks for the money back, unless all of it was given back by hand. */
export const giveMoneyBack =
  (reason: string): Move =>
  (situation) =>
    situation.order.refundedMinor < situation.facts.total.amountMinor
      ? ask('VOID_PAYMENT', reason)(situation)
      : [];

/** Makes the move if the first of the steps was begun and none of them was refused. */
const unless =
  (steps: readonly [ForwardStep, ...ForwardStep[]], move: Move): Move =>
  (situation) => {
    const isRefused = steps.some((step) => situation.order.steps[step]?.status === 'REFUSED');
    return situation.order.steps[steps[0]] && !isRefused ? move(situation) : [];
  };
