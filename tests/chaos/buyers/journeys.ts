import type { Buyer, OpenPlacement } from './buyer.js';
import {
  ADD_TO_CART,
  type AddToCart,
  CANCEL_ORDER,
  type CancelOrder,
  RETURN_ORDER,
  type ReturnOrder,
} from './documents.js';
import type { Identity } from './graph-client.js';
import { insist, place } from './place.js';

/** Something that a shopper does from beginning to end, whatever is answered. */
export type Journey = (buyer: Buyer) => Promise<void>;

/**
 * Cards of the sandbox, and how often each is used, in proportion. `tok_refund_fails` is not among them: money that cannot
 * be given back is work for a person, and nobody is here to do it.
 */
const CARDS = [
  ['tok_approve', 12],
  ['tok_decline', 1],
  ['tok_insufficient_funds', 1],
  ['tok_expired_card', 1],
  ['tok_challenge', 2],
  ['tok_timeout', 2],
  ['tok_error', 2],
  ['tok_slow', 2],
  ['tok_capture_fails', 1],
] as const;

/**
 * How buyers want it sent, and how often, in proportion; undefined leaves the choice to the shop. Freight is not
 * offered for every cart: a refusal is an answer, too.
 */
const SHIPPING_OPTIONS = [
  [undefined, 3],
  ['standard', 2],
  ['express', 3],
  ['freight', 1],
] as const;

/** Buys something, and asks until the outcome is known. */
export const buy: Journey = async (buyer) => {
  const placement = await fillCart(buyer, drawCard(buyer));
  if (placement) await settle(buyer, placement);
};

/** Clicks several times at once: all with one key. */
export const doubleClick: Journey = async (buyer) => {
  const placement = await fillCart(buyer, drawCard(buyer));
  if (!placement) return;
  const clicks = Array.from({ length: buyer.random.integer(2, 6) }, () => place(buyer, placement));
  const outcomes = await Promise.all(clicks);
  if (outcomes.every((outcome) => outcome === 'open')) await settle(buyer, placement);
};

/** Buys, and changes their mind a moment later. */
export const buyAndCancel: Journey = async (buyer) => {
  await buy(buyer);
  await buyer.pause(buyer.random.integer(0, 1_500));
  await cancel(buyer);
};

/** Calls off one of their orders. */
export const cancel: Journey = async (buyer) => {
  const order = buyer.orders.at(-buyer.random.integer(1, 3));
  if (!order) return;
  const reply = await buyer.graph.ask<CancelOrder>(
    CANCEL_ORDER,
    { input: { orderId: order.id, accessToken: order.accessToken } },
    buyer.identity,
  );
  const status = reply.answered ? reply.data.cancelOrder.order?.status : undefined;
  if (status === 'CANCELLED') buyer.diary.note(buyer.name, { kind: 'cancelled', orderId: order.id });
};

/** Sends back one of their older orders, if it has arrived. */
export const sendBack: Journey = async (buyer) => {
  const order = buyer.orders.at(-buyer.random.integer(4, 12));
  if (!order) return;
  const reply = await buyer.graph.ask<ReturnOrder>(
    RETURN_ORDER,
    { input: { orderId: order.id, accessToken: order.accessToken, reason: 'It does not fit.' } },
    buyer.identity,
  );
  const accepted = reply.answered && reply.data.returnOrder.errors.length === 0;
  if (accepted) buyer.diary.note(buyer.name, { kind: 'returned', orderId: order.id });
};

/** What buyers do, and how often, in proportion. */
export const JOURNEYS: readonly (readonly [Journey, number])[] = [
  [buy, 6],
  [doubleClick, 3],
  [buyAndCancel, 3],
  [cancel, 1],
  [sendBack, 2],
];

async function settle(buyer: Buyer, placement: OpenPlacement): Promise<void> {
  if (!(await insist(buyer, placement, 4))) buyer.open.push(placement);
}

/** @returns undefined if the cart could not be filled: nothing was promised, so they walk away */
async function fillCart(buyer: Buyer, paymentToken: string): Promise<OpenPlacement | undefined> {
  const { random, graph } = buyer;
  let identity: Identity = buyer.identity;
  for (const variantId of random.sample(buyer.variants, random.integer(1, 3))) {
    const input = { variantId, quantity: random.integer(1, 3) };
    const reply = await graph.ask<AddToCart>(ADD_TO_CART, { input }, identity);
    const cart = reply.answered ? reply.data.addToCart.cart : null;
    if (!cart) return undefined;
    if (cart.token !== null) identity = { ...identity, 'x-cart-token': cart.token };
  }
  const shippingOptionId = draw(random, SHIPPING_OPTIONS);
  return { key: buyer.newKey(), identity, input: { ...DELIVERY, paymentToken, shippingOptionId } };
}

/** Where everything goes. */
export const DELIVERY = {
  email: 'buyer@example.test',
  shippingAddress: {
    name: 'Grace Hopper',
    line1: '1 Harbour Street',
    line2: null,
    city: 'Hamburg',
    postalCode: '20095',
    country: 'DE',
  },
};

const drawCard = ({ random }: Buyer): string => draw(random, CARDS) ?? 'tok_approve';

function draw<Value>(
  random: Buyer['random'],
  weighted: readonly (readonly [Value, number])[],
): Value | undefined {
  return weighted[random.weighted(weighted.map(([, weight]) => weight))]?.[0];
}
