import type { SagaConnectionResolvers } from '../__generated__/resolvers-types.js';

export const SagaConnection: SagaConnectionResolvers = {
  totalCount: ({ count }) => count(),
};
