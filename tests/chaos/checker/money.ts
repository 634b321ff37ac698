import type { Movement, OrderFact } from '../facts/facts.js';
import { ofKind } from '../facts/told.js';
import { isSold, isUndone } from './order-status.js';
import type { Rule } from './violation.js';

/** For an order that stands its total is taken, once; for any other everything is given back, and nothing is held. */
export const moneyMatchesOrders: Rule = {
  name: 'captured is the total exactly once, or fully reversed',
  check({ orders, movements }) {
    const byOrder = groupByOrder(movements);
    const known = new Set(orders.map(({ id }) => id));
    return [
      ...orders.flatMap((order) => {
        const message = whatIsWrong(order, sumsOf(byOrder.get(order.id) ?? []));
        if (message === undefined) return [];
        const { id: orderId, number, status, isReturned } = order;
        return [{ orderId, message: `${number} is ${isReturned ? 'returned' : status}: ${message}` }];
      }),
      ...[...byOrder.keys()]
        .filter((orderId) => !known.has(orderId))
        .map((orderId) => ({ orderId, message: `money moved for ${orderId}, and there is no such order` })),
    ];
  },
};

/** Whoever was told that a part is given back gets it, unless all of it is given back anyway. */
export const acknowledgedRefundsArePaid: Rule = {
  name: 'every acknowledged refund is paid',
  check({ orders, movements, told }) {
    const byOrder = groupByOrder(movements);
    const refunds = [...new Map(ofKind(told, 'refunded').map((one) => [one.key, one])).values()];
    return orders.flatMap(({ id: orderId, number }) => {
      const { captured, refunded } = sumsOf(byOrder.get(orderId) ?? []);
      const said = refunds
        .filter((one) => one.orderId === orderId)
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      const due = Math.min(said, captured);
      return refunded >= due
        ? []
        : [{ orderId, message: `${number}: ${said} was to be given back, ${refunded} was` }];
    });
  },
};

/**
 * What is given back for an order that stands, staff asked for, each amount as often as they did. A cancellation, a
 * failure and a return give back the rest of an order, which then does not stand: its sums are what tells there.
 */
export const refundsWereAskedFor: Rule = {
  name: 'nobody is given back what nobody asked for',
  check({ orders, movements, told }) {
    const byOrder = groupByOrder(movements);
    const asked = [...new Map(ofKind(told, 'refund-asked').map((one) => [one.key, one])).values()];
    return orders
      .filter((order) => !isUndone(order))
      .flatMap(({ id: orderId, number }) => {
        const open = asked.filter((one) => one.orderId === orderId).map(({ amountMinor }) => amountMinor);
        const refunds = (byOrder.get(orderId) ?? []).filter(({ kind }) => kind === 'refund');
        return refunds
          .filter(({ amountMinor }) => !takeOut(open, amountMinor))
          .map(({ amountMinor }) => ({
            orderId,
            message: `${number}: ${amountMinor} was given back, once more than it was asked for`,
          }));
      });
  },
};

/** @returns false if the amount is not among them */
function takeOut(amounts: number[], amount: number): boolean {
  const index = amounts.indexOf(amount);
  if (index >= 0) amounts.splice(index, 1);
  return index >= 0;
}

interface Sums {
  readonly holds: number;
  readonly captures: number;
  readonly captured: number;
  readonly refunded: number;
  /** Neither taken nor let go. */
  readonly held: number;
}

function sumsOf(movements: readonly Movement[]): Sums {
  const of = (kind: Movement['kind']): readonly Movement[] => movements.filter((one) => one.kind === kind);
  const sum = (kind: Movement['kind']): number =>
    of(kind).reduce((total, { amountMinor }) => total + amountMinor, 0);
  return {
    holds: of('hold').length,
    captures: of('capture').length,
    captured: sum('capture'),
    refunded: sum('refund'),
    held: of('release').length > 0 ? 0 : sum('hold') - sum('capture'),
  };
}

function whatIsWrong(order: OrderFact, sums: Sums): string | undefined {
  const { holds, captures, captured, refunded, held } = sums;
  const { totalMinor } = order;
  if (holds > 1) return `the card was charged ${holds} times`;
  if (captures > 1) return `${captured} was captured in ${captures} times, of ${totalMinor}`;
  if (refunded > captured) return `${refunded} was given back, more than the ${captured} that were taken`;
  if (isUndone(order)) {
    if (captured !== refunded) return `${captured - refunded} of ${captured} was not given back`;
    return held === 0 ? undefined : `${held} is still held`;
  }
  if (isSold(order) && captured !== totalMinor) return `${captured} was captured of ${totalMinor}`;
  if (order.status === 'PLACED' && held + captured !== totalMinor) {
    return `${held + captured} is held or captured of ${totalMinor}`;
  }
  return undefined;
}

function groupByOrder(movements: readonly Movement[]): Map<string, Movement[]> {
  const groups = new Map<string, Movement[]>();
  for (const movement of movements) {
    groups.set(movement.orderId, [...(groups.get(movement.orderId) ?? []), movement]);
  }
  return groups;
}
