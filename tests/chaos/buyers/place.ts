import type { Buyer, OpenPlacement } from './buyer.js';
import { PLACE_ORDER, type PlaceOrder, linesOf } from './documents.js';

/** Refusals that are the outcome of a key: an order was made, and failed. Others leave the key unused. */
const FINAL_REFUSALS: ReadonlySet<string> = new Set([
  'OUT_OF_STOCK',
  'PAYMENT_DECLINED',
  'TIMED_OUT',
  'ORDER_CANCELLED',
]);

/**
 * Sends a placement once and writes down what was answered.
 *
 * @returns 'known' once the outcome is final, 'open' if the same key has to ask again, 'unused' if no order was made
 */
export async function place(buyer: Buyer, placement: OpenPlacement): Promise<'known' | 'open' | 'unused'> {
  const { key, input, identity } = placement;
  const { name, diary } = buyer;
  const reply = await buyer.graph.ask<PlaceOrder>(
    PLACE_ORDER,
    { input: { ...input, idempotencyKey: key } },
    identity,
  );
  if (!reply.answered) {
    diary.note(name, { kind: 'unanswered', what: 'placeOrder', key, reason: reply.reason });
    return 'open';
  }
  const { order, errors } = reply.data.placeOrder;
  if (!order) {
    const [{ code = 'NOTHING' } = {}] = errors;
    if (!FINAL_REFUSALS.has(code)) return 'unused';
    diary.note(name, { kind: 'refused', key, code });
    return 'known';
  }
  const { id: orderId, number, status, total } = order;
  const lines = linesOf(order);
  diary.note(name, { kind: 'placed', key, orderId, number, status, totalMinor: total.amountMinor, lines });
  if (!buyer.orders.some(({ id }) => id === orderId)) {
    buyer.orders.push({ id: orderId, accessToken: order.accessToken });
    buyer.watcher.watch(orderId, order.accessToken);
  }
  if (status !== 'PENDING') return 'known';
  if (input['paymentToken'] === 'tok_challenge') await buyer.bank.answer(orderId, buyer.random.chance(0.8));
  return 'open';
}

/**
 * Asks again and again until the outcome is known.
 *
 * @returns false if it was not within `attempts`; the placement then stays open
 */
export async function insist(buyer: Buyer, placement: OpenPlacement, attempts: number): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if ((await place(buyer, placement)) !== 'open') return true;
    await buyer.pause(buyer.random.integer(200, 1_500));
  }
  return false;
}
