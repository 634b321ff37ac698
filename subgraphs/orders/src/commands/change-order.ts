import { mayAccess } from '../domain/order-access.js';
import {
  type CheckoutError,
  invalidInput,
  invalidTransition,
  orderNotFound,
} from '../domain/checkout-error.js';
import type { OrderCommand } from '../domain/order-command.js';
import type { OrderStatus } from '../domain/order-status.js';
import { applyCommands } from '../store/apply-commands.js';
import type { CommandDeps, CommandRequest } from './command-deps.js';
import type { OrderOutcome } from './place-order.js';

/** Longest sentence that a person may put into a timeline, in characters. */
const MAX_MESSAGE = 500;

const refused = (...errors: CheckoutError[]): OrderOutcome => ({ order: null, errors });

/** Calls an order off: for its owner, staff, or whoever holds its access token. An order of others is not found. */
export async function cancelOrder(
  deps: CommandDeps,
  { viewer }: CommandRequest,
  input: { readonly orderId: string; readonly accessToken: string | null; readonly reason: string | null },
): Promise<OrderOutcome> {
  const order = await deps.readOrder(input.orderId);
  if (!order || !mayAccess(viewer, order, input.accessToken)) return refused(orderNotFound());
  const reason = input.reason?.trim() || null;
  if (reason && reason.length > MAX_MESSAGE) return refused(tooLong('reason'));
  return changeOrder(deps, order.id, { type: 'Cancel', reason });
}

/** Moves an order on. The caller has made sure that staff asks. */
export async function transitionOrder(
  deps: CommandDeps,
  input: { readonly orderId: string; readonly to: OrderStatus; readonly message: string | null },
): Promise<OrderOutcome> {
  const message = input.message?.trim() || null;
  if (message && message.length > MAX_MESSAGE) return refused(tooLong('message'));
  return changeOrder(deps, input.orderId, { type: 'Transition', to: input.to, message });
}

const tooLong = (field: string): CheckoutError =>
  invalidInput(`Shorten the text to ${MAX_MESSAGE} characters.`, [field]);

async function changeOrder(deps: CommandDeps, orderId: string, command: OrderCommand): Promise<OrderOutcome> {
  const [effect] = await deps.database.transaction((sql) => applyCommands(sql, [{ orderId, command }], deps));
  if (!effect) return refused(orderNotFound());
  if (!effect.accepted) return refused(invalidTransition(effect.refusal));
  return { order: await deps.readOrder(orderId), errors: [] };
}
