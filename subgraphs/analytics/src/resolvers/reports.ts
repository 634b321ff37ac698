import { requireRole } from '@souk/kit/auth';
import { pageRequest } from '@souk/kit/graphql';
import type { QueryResolvers } from '../__generated__/resolvers-types.js';
import { averages, everyDay, funnelOf } from '../domain/report-rows.js';
import { readSales, readStages, readTopProducts } from '../store/reports.js';
import { askedRange } from './asked-range.js';

/** The queries that read projections. */
export const reports: Pick<QueryResolvers, 'salesByDay' | 'averageOrderValue' | 'funnel' | 'topProducts'> = {
  async salesByDay(_parent, args, { sql, clock, viewer }) {
    requireRole(viewer, 'STAFF');
    const range = askedRange(args, clock());
    return everyDay(await readSales(sql, range), range);
  },
  async averageOrderValue(_parent, args, { sql, clock, viewer }) {
    requireRole(viewer, 'STAFF');
    return averages(await readSales(sql, askedRange(args, clock())));
  },
  async funnel(_parent, args, { sql, clock, viewer }) {
    requireRole(viewer, 'STAFF');
    return funnelOf(await readStages(sql, askedRange(args, clock())));
  },
  async topProducts(_parent, args, { sql, clock, viewer }) {
    requireRole(viewer, 'STAFF');
    const { limit: first } = pageRequest({ first: args.first }, { first: 10 });
    const by = args.by === 'UNITS' ? 'units' : 'amount';
    return readTopProducts(sql, { ...askedRange(args, clock()), first, by });
  },
};
