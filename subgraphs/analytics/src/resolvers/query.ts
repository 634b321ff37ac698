import type { QueryResolvers } from '../__generated__/resolvers-types.js';
import { eventQueries } from './event-queries.js';
import { reports } from './reports.js';

export const Query: QueryResolvers = { ...reports, ...eventQueries };
