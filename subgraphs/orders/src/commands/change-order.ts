import { mayAccess } from '../domain/order-access.js';
import {
  type CheckoutError,
  invalidInput,
  invalidTransition,
  orderNotFound,
  returnPeriodOver,
} from '../domain/checkout-error.js';
import type { OrderCommand } from '../domain/order-command.js';
import type { OrderRecord } from '../domain/order-record.js';
import { missedDeadline } from '../domain/order-return.js';
import type { OrderStatus } from '../domain/order-status.js';
import { availableTransitions } from '../domain/order-status.js';
import { standingAt } from '../domain/timeline.js';
import { applyCommands } from '../store/apply-commands.js';
import { awaitOrder } from '../store/await-order.js';
import type { CommandDeps, CommandRequest } from './command-deps.js';
import type { OrderOutcome } from './place-order.js';

/** Longest sentence that a person may put into a timeline, in characters. */
const MAX_MESSAGE = 500;

const refused = (...errors: CheckoutError[]): OrderOutcome => ({ order: null, errors });

/** What a buyer asks of an order. */
export interface BuyersWish {
  readonly orderId: string;
  readonly accessToken: string | null;
  readonly reason: string | null;
}

/**
 * Calls an order off: for its owner, staff, or whoever holds its access token. An order of others is not found. Where
 * shipping has to be asked first its answer is waited for, at most as long as `placeOrder` waits; after that the order
 * comes as it is, and the outcome by `orderUpdated`.
 */
export async function cancelOrder(
  deps: CommandDeps,
  request: CommandRequest,
  wish: BuyersWish,
): Promise<OrderOutcome> {
  return asBuyer(deps, request, wish, ({ id }, reason) => cancel(deps, id, reason));
}

async function cancel(deps: CommandDeps, orderId: string, reason: string | null): Promise<OrderOutcome> {
  const outcome = await changeOrder(deps, orderId, { type: 'Cancel', reason }, (order) => !isAsked(order));
  const { order } = outcome;
  if (!order || order.status === 'CANCELLED' || isAsked(order)) return outcome;
  // Shipping was asked, and the parcel had left.
  const transitions = availableTransitions(standingAt(order));
  return refused(invalidTransition({ status: order.status, availableTransitions: transitions }));
}

const isAsked = (order: OrderRecord): boolean =>
  order.status === 'PAID' && standingAt(order).cancellation === 'ASKED';

/**
 * Asks for a delivered order to be taken back, as long as the shop takes it. Repeating it changes nothing, however late.
 */
export async function returnOrder(
  deps: CommandDeps,
  request: CommandRequest,
  wish: BuyersWish,
): Promise<OrderOutcome> {
  return asBuyer(deps, request, wish, async (order, reason) => {
    const missed = missedDeadline(order, { returnDays: deps.returnDays, now: deps.clock() });
    return missed
      ? refused(returnPeriodOver(missed))
      : changeOrder(deps, order.id, { type: 'Return', reason });
  });
}

async function asBuyer(
  deps: CommandDeps,
  { viewer }: CommandRequest,
  wish: BuyersWish,
  change: (order: OrderRecord, reason: string | null) => Promise<OrderOutcome>,
): Promise<OrderOutcome> {
  const order = await deps.readOrder(wish.orderId);
  if (!order || !mayAccess(viewer, order, wish.accessToken)) return refused(orderNotFound());
  const { reason, problem } = reasonOf(wish.reason);
  return problem ? refused(problem) : change(order, reason);
}

/**
 * Moves an order on: shipping is told that the parcel has left or arrived, and its report is waited for. The caller has
 * made sure that staff asks.
 */
export async function transitionOrder(
  deps: CommandDeps,
  input: { readonly orderId: string; readonly to: OrderStatus; readonly message: string | null },
): Promise<OrderOutcome> {
  const { reason: message, problem } = reasonOf(input.message, 'message');
  if (problem) return refused(problem);
  const { orderId, to } = input;
  if (to === 'CANCELLED') return cancel(deps, orderId, message);
  return changeOrder(deps, orderId, { type: 'Transition', to, message }, ({ status }) => status === to);
}

/** What a person says, without spaces around and null for nothing; or that it is too long. */
export function reasonOf(
  text: string | null,
  field = 'reason',
): { readonly reason: string | null; readonly problem?: CheckoutError } {
  const reason = text?.trim() || null;
  return reason && reason.length > MAX_MESSAGE
    ? { reason, problem: invalidInput(`Shorten the text to ${MAX_MESSAGE} characters.`, [field]) }
    : { reason };
}

/** Applies a command and gives the order as it is once `isSettled`, or when the time for that is up. */
async function changeOrder(
  deps: CommandDeps,
  orderId: string,
  command: OrderCommand,
  isSettled: (order: OrderRecord) => boolean = () => true,
): Promise<OrderOutcome> {
  const [effect] = await deps.database.transaction((sql) => applyCommands(sql, [{ orderId, command }], deps));
  if (!effect?.accepted) return refused(effect ? invalidTransition(effect.refusal) : orderNotFound());
  // Not before it is written: a late word of an earlier change would show the order as it was, which may look settled.
  const wait = awaitOrder(deps, orderId, { timeoutMs: deps.placementWaitMs, isSettled });
  wait.look();
  return { order: await wait.outcome, errors: [] };
}
