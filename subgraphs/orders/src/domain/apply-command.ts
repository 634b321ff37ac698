import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { type OrderMessage, messagesFor } from './messages.js';
import type { Situation } from './moves.js';
import type { OrderState } from './order.js';
import type { InvalidTransition, OrderCommand } from './order-command.js';
import { isSagaEvent } from './order-event.js';
import { type SagaEntry, sagaEntry } from './saga-event.js';
import { type TimelineEntry, timelineEntry } from './timeline.js';

/** All that a command does to an order: what to store and what to send, or why not. */
export type Effect =
  | {
      readonly accepted: true;
      readonly order: OrderState;
      readonly timeline: readonly TimelineEntry[];
      /** What the saga's history gains. */
      readonly saga: readonly SagaEntry[];
      readonly messages: readonly OrderMessage[];
    }
  | { readonly accepted: false; readonly refusal: InvalidTransition };

/**
 * Decides, evolves, and works out what others must be told. Pure: the store writes the effect down.
 *
 * @example const effect = applyCommand({ type: 'Cancel', reason: null }, { order, facts, at: clock() });
 */
export function applyCommand(command: OrderCommand, to: Situation): Effect {
  const decision = decide(command, to);
  if (!decision.accepted) return decision;
  let { order } = to;
  const timeline: TimelineEntry[] = [];
  const saga: SagaEntry[] = [];
  const messages: OrderMessage[] = [];
  for (const event of decision.events) {
    order = evolve(order, event);
    messages.push(...messagesFor(event, order, to.facts));
    if (isSagaEvent(event)) saga.push(sagaEntry(event));
    else timeline.push(timelineEntry(event, order, to.at));
  }
  return { accepted: true, order, timeline, saga, messages };
}
