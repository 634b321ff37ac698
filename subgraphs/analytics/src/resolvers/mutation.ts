import { requireRole } from '@souk/kit/auth';
import type { MutationResolvers } from '../__generated__/resolvers-types.js';
import { RebuildRunningError, rebuildProjections } from '../store/rebuild-projections.js';

export const Mutation: MutationResolvers = {
  async rebuildReports(_parent, { input: { swap } }, { database, logger, viewer }) {
    requireRole(viewer, 'STAFF');
    try {
      return { rebuild: await rebuildProjections(database, { logger, swap: swap ?? true }), errors: [] };
    } catch (error) {
      if (!(error instanceof RebuildRunningError)) throw error;
      const { message } = error;
      return { rebuild: null, errors: [{ code: 'REBUILD_RUNNING', message, path: ['input'] }] };
    }
  },
};
