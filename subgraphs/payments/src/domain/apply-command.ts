import { decide } from './decide.js';
import { evolve } from './evolve.js';
import type { Intent } from './intent.js';
import type { IntentCommand } from './intent-command.js';
import { type PaymentMessage, messageFor } from './messages.js';

/** All that a command does to a payment: what to store and what to tell. */
export interface Effect {
  readonly intent: Intent;
  readonly messages: readonly PaymentMessage[];
}

/** Decides, evolves, and works out what others are told. Pure: the store writes the effect down. */
export function applyCommand(
  command: IntentCommand,
  to: {
    readonly intent: Intent;
    readonly ids: { readonly orderId: string; readonly paymentId: string };
    /** ISO 8601, UTC. */
    readonly at: string;
  },
): Effect {
  let { intent } = to;
  const messages: PaymentMessage[] = [];
  for (const event of decide(command, intent, to.at)) {
    intent = evolve(intent, event);
    const message = messageFor(event, intent, to.ids);
    if (message) messages.push(message);
  }
  return { intent, messages };
}
