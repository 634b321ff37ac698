import type { Told } from '../facts/told.js';
import { ofKind } from '../facts/told.js';
import { isOver, rankOf } from './order-status.js';
import type { Rule } from './violation.js';

type Push = Extract<Told, { kind: 'pushed' }>;

/** Also over a connection that broke and was opened again, and whichever replica answers. */
export const subscribersSeeForwards: Rule = {
  name: 'every subscriber saw states only forwards',
  check: ({ told }) =>
    feedsOf(told).flatMap((pushes) =>
      pushes.flatMap((push, index) => {
        const before = pushes[index - 1];
        if (!before || isForwards(before, push)) return [];
        const { who, orderId, way } = push;
        return [{ orderId, message: `${who} saw ${inWords(push)} after ${inWords(before)} over ${way}` }];
      }),
    ),
};

/** Nobody is left looking at the past. */
export const subscribersSeeTheEnd: Rule = {
  name: 'every subscriber saw the final state',
  check({ told, orders }) {
    const byId = new Map(orders.map((order) => [order.id, order]));
    const lastSeen = new Map(ofKind(told, 'pushed').map((push) => [feedOf(push), push]));
    return ofKind(told, 'watching').flatMap((watching) => {
      const { who, way, orderId } = watching;
      const last = lastSeen.get(feedOf(watching));
      const order = byId.get(orderId);
      if (!order || last?.version === order.version) return [];
      const seen = last ? `last saw ${inWords(last)}` : 'never saw anything';
      return [{ orderId, message: `${who} ${seen} over ${way}; the order is ${inWords(order)}` }];
    });
  },
};

const isForwards = (before: Push, after: Push): boolean =>
  after.version >= before.version &&
  rankOf(after.status) >= rankOf(before.status) &&
  (after.status === before.status || (after.version > before.version && !isOver(before.status)));

const inWords = ({ status, version }: { status: string; version: number }): string =>
  `${status} (version ${version})`;

/** What one subscriber sees of one order. */
const feedOf = ({ who, orderId }: { readonly who: string; readonly orderId: string }): string =>
  `${who} ${orderId}`;

/** What each subscriber saw of each order, as it came. */
function feedsOf(told: readonly Told[]): Push[][] {
  const feeds = new Map<string, Push[]>();
  for (const push of ofKind(told, 'pushed')) {
    const name = feedOf(push);
    feeds.set(name, [...(feeds.get(name) ?? []), push]);
  }
  return [...feeds.values()];
}
