import type { EventFact, Facts, OrderFact, Stock } from '../facts/facts.js';
import { ofKind } from '../facts/told.js';
import { isSold, isUndone } from './order-status.js';
import type { Rule } from './violation.js';

/** At every instant that inventory told of: what is there is free or promised, and nothing is below zero. */
export const stockBalances: Rule = {
  name: 'stock balances at every recorded instant and is never negative',
  check: ({ events, stockAfter }) => [
    ...changesOf(events).flatMap(({ variantId, stock, version }) =>
      isBalanced(stock) ? [] : [{ message: `${variantId} at version ${version}: ${inWords(stock)}` }],
    ),
    ...[...stockAfter].flatMap(([variantId, stock]) =>
      isBalanced(stock) ? [] : [{ message: `${variantId} at the end: ${inWords(stock)}` }],
    ),
  ],
};

/** Two versions of one number would be a lost update. */
export const stockHasOneHistory: Rule = {
  name: 'stock has one history, and it ends where stock is',
  check({ events, stockAfter }) {
    const latest = new Map<string, Change>();
    const seen = new Map<string, Stock>();
    const broken: { message: string }[] = [];
    for (const change of changesOf(events)) {
      const { variantId, version, stock } = change;
      const twin = seen.get(`${variantId} ${version}`);
      if (twin && !isSame(twin, stock)) {
        broken.push({
          message: `${variantId} has two versions ${version}: ${inWords(twin)}; ${inWords(stock)}`,
        });
      }
      seen.set(`${variantId} ${version}`, stock);
      if (version > (latest.get(variantId)?.version ?? -1)) latest.set(variantId, change);
    }
    for (const [variantId, { stock }] of latest) {
      const now = stockAfter.get(variantId);
      if (now && !isSame(now, stock)) {
        broken.push({ message: `${variantId} is ${inWords(now)}, its last event says ${inWords(stock)}` });
      }
    }
    return broken;
  },
};

/**
 * Units that moved during the run are those of orders: promised for orders that are under way, gone for orders that were
 * sold, where they were for orders that were undone; and what staff added was added once.
 */
export const stockAddsUp: Rule = {
  name: 'stock movements are those of orders and adjustments, each once',
  check({ stockBefore, stockAfter, orders, told }) {
    const adjusted = sumBy(
      [...new Map(ofKind(told, 'adjusted').map((one) => [one.key, one])).values()].map(
        ({ variantId, delta }) => [variantId, delta] as const,
      ),
    );
    const gone = unitsOf(orders.filter(isSold));
    const promised = unitsOf(orders.filter((order) => !isSold(order) && !isUndone(order)));
    return [...stockBefore].flatMap(([variantId, before]) => {
      const after = stockAfter.get(variantId);
      if (!after) return [{ message: `${variantId} has no stock any more; it had ${inWords(before)}` }];
      const here = (units: ReadonlyMap<string, number>): number => units.get(variantId) ?? 0;
      const onHand = before.onHand + here(adjusted) - here(gone);
      const reserved = before.reserved + here(promised);
      if (after.onHand === onHand && after.reserved === reserved) return [];
      const should = { onHand, reserved, available: onHand - reserved };
      return [
        {
          message:
            `${variantId} is ${inWords(after)}, and should be ${inWords(should)}: before ${inWords(before)}, ` +
            `adjusted by ${here(adjusted)}, sold ${here(gone)}, promised ${here(promised)}`,
        },
      ];
    });
  },
};

/**
 * What a page shows of a variant is what of it there is. A push may be the newest of several states, or come again over
 * another connection: which of them came says nothing, but each of them balances, and the last one is the present.
 */
export const shelvesShowStock: Rule = {
  name: 'whoever watches stock saw it balance, and saw the last of it',
  check({ told, stockAfter }) {
    const pushes = ofKind(told, 'stock-pushed');
    const lastSeen = new Map(pushes.map((push) => [`${push.who} ${push.variantId}`, push.stock]));
    const unbalanced = pushes
      .filter(({ stock }) => !isBalanced(stock))
      .map(({ who, variantId, stock, way }) => ({
        message: `${who} saw ${variantId} over ${way}: ${inWords(stock)}`,
      }));
    const stale = ofKind(told, 'watching-stock').flatMap(({ who, variantIds, way }) =>
      variantIds.flatMap((variantId) => {
        const now = stockAfter.get(variantId);
        const last = lastSeen.get(`${who} ${variantId}`);
        if (!now || (last && isSame(last, now))) return [];
        const seen = last ? `last saw ${inWords(last)}` : 'never saw anything';
        return [{ message: `${who} ${seen} of ${variantId} over ${way}; it is ${inWords(now)}` }];
      }),
    );
    return [...unbalanced, ...stale];
  },
};

interface Change {
  readonly variantId: string;
  readonly version: number;
  readonly stock: Stock;
}

const changesOf = (events: Facts['events']): Change[] =>
  events
    .filter(({ type }) => type === 'stock.changed')
    .map((event) => ({ variantId: event.aggregateId, version: event.version, stock: readStock(event) }));

const readStock = ({ payload }: EventFact): Stock => ({
  onHand: Number(payload['onHand']),
  available: Number(payload['available']),
  reserved: Number(payload['reserved']),
});

const isBalanced = ({ onHand, available, reserved }: Stock): boolean =>
  onHand === available + reserved && available >= 0 && reserved >= 0;
const isSame = (a: Stock, b: Stock): boolean =>
  a.onHand === b.onHand && a.available === b.available && a.reserved === b.reserved;
const inWords = ({ onHand, available, reserved }: Stock): string =>
  `${onHand} on hand, ${available} available, ${reserved} reserved`;

const unitsOf = (orders: readonly OrderFact[]): Map<string, number> =>
  sumBy(
    orders.flatMap(({ lines }) => lines.map(({ variantId, quantity }) => [variantId, quantity] as const)),
  );

function sumBy(amounts: readonly (readonly [string, number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, amount] of amounts) sums.set(name, (sums.get(name) ?? 0) + amount);
  return sums;
}
