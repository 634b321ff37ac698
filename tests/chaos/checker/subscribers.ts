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
        const { who, orderId } = push;
        return [{ orderId, message: `${who} saw ${inWords(push)} after ${inWords(before)}` }];
      }),
    ),
};

/** Nobody is left looking at the past. */
export const subscribersSeeTheEnd: Rule = {
  name: 'every subscriber saw the final state',
  check({ told, orders }) {
    const byId = new Map(orders.map((order) => [order.id, order]));
    return feedsOf(told).flatMap((pushes) => {
      const last = pushes.at(-1);
      const order = last && byId.get(last.orderId);
      if (!last || !order || last.version === order.version) return [];
      return [
        {
          orderId: order.id,
          message: `${last.who} last saw ${inWords(last)}; the order is ${inWords(order)}`,
        },
      ];
    });
  },
};

const isForwards = (before: Push, after: Push): boolean =>
  after.version >= before.version &&
  rankOf(after.status) >= rankOf(before.status) &&
  (after.status === before.status || (after.version > before.version && !isOver(before.status)));

const inWords = ({ status, version }: { status: string; version: number }): string =>
  `${status} (version ${version})`;

/** What each subscriber saw of each order, as it came. */
function feedsOf(told: readonly Told[]): Push[][] {
  const feeds = new Map<string, Push[]>();
  for (const push of ofKind(told, 'pushed')) {
    const name = `${push.who} ${push.orderId}`;
    feeds.set(name, [...(feeds.get(name) ?? []), push]);
  }
  return [...feeds.values()];
}
