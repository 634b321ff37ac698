import { requireRole } from '@souk/kit/auth';
import type { MutationResolvers } from '../__generated__/resolvers-types.js';
import { adjustStock } from '../commands/adjust-stock.js';
import { adjustStockPayload } from './adjust-stock-payload.js';

export const Mutation: MutationResolvers = {
  async adjustStock(_parent, { input }, { deps, viewer, stock }) {
    const { userId } = requireRole(viewer, 'STAFF');
    const result = await adjustStock(deps, { ...input, userId });
    // The loader may hold the stock as it was.
    stock.clear(input.variantId);
    return adjustStockPayload(input, result);
  },
};
