import { viewOf } from '../commands/change-cart.js';
import { buyerOf } from '../domain/buyer.js';
import { subtotalOf } from '../domain/cart.js';
import type { CartResolvers } from '../__generated__/resolvers-types.js';
import { ownsCart } from './owns-cart.js';

export const Cart: CartResolvers = {
  __resolveReference: async ({ id }, { carts, viewer, cartToken }) => {
    const cart = await carts.load(id);
    return cart && ownsCart(buyerOf(viewer, cartToken), cart.owner) ? viewOf(cart, cartToken) : null;
  },
  itemCount: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
  subtotal: ({ lines }) => subtotalOf(lines),
  /** A cart only gets as far as here for its owner. */
  customer: (_cart, _args, { viewer }) => (viewer.kind === 'user' ? { id: viewer.userId } : null),
};
