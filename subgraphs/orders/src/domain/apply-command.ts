import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { type OrderMessage, messagesFor } from './messages.js';
import type { OrderFacts, OrderState } from './order.js';
import type { InvalidTransition, OrderCommand } from './order-command.js';
import { type TimelineEntry, timelineEntry } from './timeline.js';

/** All that a command does to an order: what to store and what to send, or why not. */
export type Effect =
  | {
      readonly accepted: true;
      readonly order: OrderState;
      readonly timeline: readonly TimelineEntry[];
      readonly messages: readonly OrderMessage[];
    }
  | { readonly accepted: false; readonly refusal: InvalidTransition };

/**
 * Decides, evolves, and works out what others must be told. Pure: the store writes the effect down.
 *
 * @example const effect = applyCommand({ type: 'Cancel', reason: null }, { order, facts, at: clock() });
 */
export function applyCommand(
  command: OrderCommand,
  to: { readonly order: OrderState; readonly facts: OrderFacts; readonly at: Date },
): Effect {
  const decision = decide(command, to.order);
  if (!decision.accepted) return decision;
  let order = to.order;
  const timeline: TimelineEntry[] = [];
  const messages: OrderMessage[] = [];
  for (const event of decision.events) {
    messages.push(...messagesFor(event, order, to.facts));
    order = evolve(order, event);
    const entry = timelineEntry(event, order, to.at);
    if (entry) timeline.push(entry);
  }
  return { accepted: true, order, timeline, messages };
}
