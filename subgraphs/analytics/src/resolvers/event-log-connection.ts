import type { EventLogConnectionResolvers } from '../__generated__/resolvers-types.js';

export const EventLogConnection: EventLogConnectionResolvers = {
  totalCount: ({ count }) => count(),
};
