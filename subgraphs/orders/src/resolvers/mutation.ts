import { requireRole, requireUser } from '@souk/kit/auth';
import { addToCart, setCartLine, viewOf } from '../commands/change-cart.js';
import { type BuyersWish, cancelOrder, returnOrder, transitionOrder } from '../commands/change-order.js';
import { compensateSaga, retrySaga } from '../commands/change-saga.js';
import { currentCart, mergeCart } from '../commands/current-cart.js';
import { placeOrder } from '../commands/place-order.js';
import type { MutationResolvers } from '../__generated__/resolvers-types.js';

export const Mutation: MutationResolvers = {
  addToCart: (_parent, { input }, context) =>
    addToCart(context.deps, context, { variantId: input.variantId, quantity: input.quantity ?? 1 }),
  updateCartLine: (_parent, { input }, context) => setCartLine(context.deps, context, input),
  removeCartLine: (_parent, { input }, context) =>
    setCartLine(context.deps, context, { lineId: input.lineId, quantity: 0 }),
  mergeCart: async (_parent, { input }, context) => {
    const { userId } = requireUser(context.viewer);
    if (input.cartToken) await mergeCart(context.deps, userId, input.cartToken);
    const cart = await currentCart(context.deps, context);
    return { cart: cart ? viewOf(cart, undefined) : null, errors: [] };
  },
  placeOrder: async (_parent, { input }, context) => {
    const { order, errors } = await placeOrder(context.deps, context, input);
    return { order: order && { ...order, justPlaced: true }, errors };
  },
  cancelOrder: (_parent, { input }, context) => cancelOrder(context.deps, context, wishOf(input)),
  returnOrder: (_parent, { input }, context) => returnOrder(context.deps, context, wishOf(input)),
  transitionOrder: (_parent, { input }, context) => {
    requireRole(context.viewer, 'STAFF');
    return transitionOrder(context.deps, { ...input, message: input.message ?? null });
  },
  retrySaga: (_parent, { input }, { viewer, deps }) => {
    requireRole(viewer, 'STAFF');
    return retrySaga(deps, input.orderId);
  },
  compensateSaga: (_parent, { input }, { viewer, deps }) => {
    requireRole(viewer, 'STAFF');
    return compensateSaga(deps, { orderId: input.orderId, reason: input.reason ?? null });
  },
};

const wishOf = (input: {
  readonly orderId: string;
  readonly accessToken?: string | null;
  readonly reason?: string | null;
}): BuyersWish => ({ ...input, accessToken: input.accessToken ?? null, reason: input.reason ?? null });
