import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ADD_TO_CART,
  type AddToCart,
  ORDER_STATUS,
  type OrderStatus,
  PLACE_ORDER,
  type PlaceOrder,
} from './documents.js';
import type { GraphClient, Identity } from './graph-client.js';
import { DELIVERY } from './journeys.js';

/** Longest way of an order in a shop that nobody disturbs, in milliseconds. */
const LIMIT_MS = 120_000;

/** Buys one unit as a guest, and waits until it is delivered. @throws Error if that does not work */
export async function buyOnce(graph: GraphClient, variantId: string, staff: Identity): Promise<void> {
  const cart = await graph.ask<AddToCart>(ADD_TO_CART, { input: { variantId, quantity: 1 } });
  const token = cart.answered ? cart.data.addToCart.cart?.token : undefined;
  if (token == null) throw new Error('A cart cannot be filled, although nothing is broken yet.');
  const input = { ...DELIVERY, idempotencyKey: randomUUID(), paymentToken: 'tok_approve' };
  const placed = await graph.ask<PlaceOrder>(PLACE_ORDER, { input }, { 'x-cart-token': token });
  const id = placed.answered ? placed.data.placeOrder.order?.id : undefined;
  if (id === undefined) throw new Error('An order cannot be placed, although nothing is broken yet.');
  for (const deadline = performance.now() + LIMIT_MS; ;) {
    const reply = await graph.ask<OrderStatus>(ORDER_STATUS, { id }, staff);
    const status = reply.answered ? reply.data.order?.status : reply.reason;
    if (status === 'COMPLETE') return;
    if (performance.now() > deadline)
      throw new Error(`An order is still ${status}, although nothing is broken yet.`);
    await delay(250);
  }
}
