import { subtotalMinorOf } from '../domain/order.js';
import { availableTransitions, isCancellable } from '../domain/order-status.js';
import { isOwner, mayAccess } from '../domain/order-access.js';
import { isReturnable, returnOf, returnableUntil } from '../domain/order-return.js';
import { standingAt } from '../domain/timeline.js';
import type { OrderResolvers } from '../__generated__/resolvers-types.js';

export const Order: OrderResolvers = {
  /** Somebody else's order is as unknown as one that does not exist. */
  __resolveReference: async ({ id }, { orders, viewer }) => {
    const order = await orders.load(id);
    return order && mayAccess(viewer, order) ? order : null;
  },
  subtotal: (order) => ({ ...order.total, amountMinor: subtotalMinorOf(order) }),
  shippingPrice: ({ total, shippingMinor }) => ({ ...total, amountMinor: shippingMinor }),
  lines: ({ id, lines, total }) =>
    lines.map((line, index) => ({ ...line, id: `${id}:${index + 1}`, currency: total.currency })),
  customer: ({ customerId }) => (customerId === null ? null : { id: customerId }),
  timeline: ({ id, timeline }) => timeline.map((entry) => ({ ...entry, id: `${id}:${entry.version}` })),
  availableTransitions: (order) => [...availableTransitions(standingAt(order))],
  cancellable: (order) => isCancellable(standingAt(order)),
  returnable: (order, _args, { deps }) =>
    isReturnable(order, { returnDays: deps.returnDays, now: deps.clock() }),
  returnableUntil: (order, _args, { deps }) => returnableUntil(order, deps),
  return: (order) => returnOf(order),
  /** An order only gets as far as here for somebody who may read it. */
  readerProof: ({ id }, _args, { deps }) => deps.readerProofOf(id),
  accessToken: (order, _args, { viewer, deps }) =>
    order.justPlaced || isOwner(viewer, order) ? deps.accessTokenOf(order.id) : null,
};
