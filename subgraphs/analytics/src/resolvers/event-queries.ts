import { requireRole } from '@souk/kit/auth';
import { AppError } from '@souk/kit/errors';
import { connectionOf, pageRequest } from '@souk/kit/graphql';
import type { EventLogFilter, QueryResolvers } from '../__generated__/resolvers-types.js';
import { GENESIS } from '../domain/audit-record.js';
import { orderAt } from '../domain/order-as-of.js';
import { stockAfter, stockBefore } from '../domain/stock-as-of.js';
import { eventsOfOrder, firstStockChangeAfter, lastStockChange } from '../store/as-of.js';
import { readHead } from '../store/chain-head.js';
import { type EventFilter, countEvents, eventKey, listEvents } from '../store/event-log.js';
import { hashAt } from '../store/read-records.js';
import { verifyChain } from '../store/verify-chain.js';

/** The queries that read the event store itself. */
export const eventQueries: Pick<
  QueryResolvers,
  'eventLog' | 'orderAsOf' | 'stockAsOf' | 'eventChain' | 'verifyEventChain'
> = {
  async eventLog(_parent, { filter, newestFirst, ...args }, { sql, viewer }) {
    requireRole(viewer, 'STAFF');
    const page = pageRequest(args, { first: 50 });
    const asked = { ...page, limit: page.limit + 1 };
    const wanted = toFilter(filter);
    return {
      ...connectionOf(await listEvents(sql, wanted, asked, newestFirst ?? true), page, eventKey),
      count: () => countEvents(sql, wanted, MOST_COUNTED),
    };
  },
  async orderAsOf(_parent, { id, at }, { sql, viewer }) {
    requireRole(viewer, 'STAFF');
    return orderAt(id, at, await eventsOfOrder(sql, id, at)) ?? null;
  },
  async stockAsOf(_parent, { variantId, at }, { sql, viewer }) {
    requireRole(viewer, 'STAFF');
    const last = await lastStockChange(sql, variantId, at);
    const event = last ?? (await firstStockChangeAfter(sql, variantId, at));
    const units = event && (last ? stockAfter(event) : stockBefore(event));
    return units ? { ...units, variant: { id: variantId }, at, event } : null;
  },
  async eventChain(_parent, _args, { sql, viewer }) {
    requireRole(viewer, 'STAFF');
    const { number, hash, recordedAt } = await readHead(sql);
    return {
      records: number,
      hash: hash.toString('hex'),
      recordedAt: number === 0 ? null : new Date(recordedAt),
    };
  },
  async verifyEventChain(_parent, { after, first }, { sql, viewer }) {
    requireRole(viewer, 'STAFF');
    const from = await startOf(after ?? 0, (number) => hashAt(sql, number));
    const { checkedTo, broken, complete } = await verifyChain(sql, from, portion(first ?? 10_000));
    return {
      intact: broken === undefined,
      complete,
      checkedTo: checkedTo.number,
      hash: checkedTo.hash.toString('hex'),
      broken: broken ?? null,
    };
  },
};

const MOST_FILTERED = 50;
/** From there on a total says only that there are many. */
const MOST_COUNTED = 10_000;

function toFilter(filter: EventLogFilter | null | undefined): EventFilter {
  const { types, sources, aggregateId, orderId, correlationId, from, to } = filter ?? {};
  for (const list of [types, sources]) {
    if (list && list.length > MOST_FILTERED) {
      throw new AppError(
        'BAD_USER_INPUT',
        `A filter has at most ${MOST_FILTERED} values, not ${list.length}.`,
      );
    }
  }
  return {
    types: types ?? undefined,
    sources: sources ?? undefined,
    aggregateId: aggregateId ?? undefined,
    orderId: orderId ?? undefined,
    correlationId: correlationId ?? undefined,
    from: from ?? undefined,
    to: to ?? undefined,
  };
}

const MOST_VERIFIED = 50_000;

function portion(first: number): number {
  if (first >= 1 && first <= MOST_VERIFIED) return first;
  throw new AppError('BAD_USER_INPUT', `"first" must be 1 to ${MOST_VERIFIED}, not ${first}.`);
}

async function startOf(after: number, hashOf: (number: number) => Promise<Buffer | undefined>) {
  if (after === 0) return GENESIS;
  const hash = await hashOf(after);
  if (hash) return { number: after, hash };
  throw new AppError(
    'BAD_USER_INPUT',
    `There is no event number ${after}. Pass "checkedTo" of the part before.`,
  );
}
