import type { LoggedEventResolvers } from '../__generated__/resolvers-types.js';

export const LoggedEvent: LoggedEventResolvers = {
  occurredAt: ({ occurredAt }) => new Date(occurredAt),
  recordedAt: ({ recordedAt }) => new Date(recordedAt),
  hash: ({ hash }) => hash.toString('hex'),
};
