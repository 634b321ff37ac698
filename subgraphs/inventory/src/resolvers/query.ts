import { requireRole } from '@souk/kit/auth';
import { connectionOf, pageRequest } from '@souk/kit/graphql';
import type { QueryResolvers } from '../__generated__/resolvers-types.js';

export const Query: QueryResolvers = {
  async stockItems(_parent, args, { deps, viewer }) {
    requireRole(viewer, 'STAFF');
    const page = pageRequest(args, { first: 50 });
    const maxAvailable = args.maxAvailable ?? undefined;
    const rows = await deps.store.items.list({ ...page, limit: page.limit + 1, maxAvailable });
    return { ...connectionOf(rows, page, (row) => [row.available, row.variantId]), maxAvailable };
  },
};
