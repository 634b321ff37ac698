import { AppError } from '@souk/kit/errors';
import type { SubscriptionResolvers } from '../__generated__/resolvers-types.js';
import { type StockState } from '../events/stock-watch.js';
import { watchStock } from '../events/watch-stock.js';

/** Most variants of one subscription. */
const MOST_VARIANTS = 100;

export const Subscription: SubscriptionResolvers = {
  stockChanged: {
    subscribe: (_parent, { variantIds }, { watch, deps }) => {
      const ids = [...new Set(variantIds)];
      if (ids.length === 0 || variantIds.length > MOST_VARIANTS) {
        throw new AppError(
          'BAD_USER_INPUT',
          `Name 1 to ${MOST_VARIANTS} variants, not ${variantIds.length}.`,
        );
      }
      return watchStock({ watch, items: deps.store.items }, ids);
    },
    resolve: ({ variantId, stock }: StockState) => ({ id: variantId, stock }),
  },
};
