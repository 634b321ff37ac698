import { requireRole } from '@souk/kit/auth';
import { watchAllOrders, watchOrder } from '../store/live-orders.js';
import type { SubscriptionResolvers } from '../__generated__/resolvers-types.js';
import type { OrderModel } from './models.js';
import { readableOrder } from './readable-order.js';

const asIs = (order: OrderModel): OrderModel => order;

export const Subscription: SubscriptionResolvers = {
  orderUpdated: {
    subscribe: async (_parent, { id, accessToken }, context) => {
      await readableOrder(context, id, accessToken);
      return watchOrder(context.deps, id);
    },
    resolve: asIs,
  },
  orderFeed: {
    subscribe: (_parent, _args, { viewer, deps }) => {
      requireRole(viewer, 'STAFF');
      return watchAllOrders(deps);
    },
    resolve: asIs,
  },
};
