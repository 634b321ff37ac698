import { requireRole, requireUser } from '@souk/kit/auth';
import { viewOf } from '../commands/change-cart.js';
import { currentCart } from '../commands/current-cart.js';
import type { QueryResolvers } from '../__generated__/resolvers-types.js';
import { readSaga } from '../store/read-sagas.js';
import { listOrders } from './list-orders.js';
import { listSagas } from './list-sagas.js';
import { readableOrder } from './readable-order.js';

export const Query: QueryResolvers = {
  cart: async (_parent, _args, context) => {
    const cart = await currentCart(context.deps, context);
    return cart ? viewOf(cart, context.cartToken) : null;
  },
  order: (_parent, { id, accessToken }, context) => readableOrder(context, id, accessToken),
  orders: (_parent, args, context) =>
    listOrders(context, { customerId: requireUser(context.viewer).userId }, args, { first: 20 }),
  allOrders: (_parent, { statuses, query, ...args }, context) => {
    requireRole(context.viewer, 'STAFF');
    const filter = { statuses: statuses ?? undefined, query: query ?? undefined };
    return listOrders(context, filter, args, { first: 50 });
  },
  saga: (_parent, { orderId }, { viewer, deps }) => {
    requireRole(viewer, 'STAFF');
    return readSaga(deps.database.pool, orderId);
  },
  sagas: (_parent, { statuses, ...args }, { viewer, deps }) => {
    requireRole(viewer, 'STAFF');
    return listSagas(deps, { statuses: statuses ?? undefined }, args, { first: 20 });
  },
};
