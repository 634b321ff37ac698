import { type OrderHistory, furthest, standing } from './order-history.js';
import { upTo } from './stage.js';

/** What a total is about: `subject` is empty, the stage, or the variant. */
export type Report = 'sales' | 'stages' | 'products';

/** One row of a report: a sum over orders. */
export interface DailyTotal {
  readonly report: Report;
  /** The day in UTC, `2026-11-22`. */
  readonly day: string;
  readonly subject: string;
  /** Empty where no money is counted. */
  readonly currency: string;
  readonly orders: number;
  readonly units: number;
  /** Minor units. */
  readonly amountMinor: number;
  /** What was given back of it, or never taken, in minor units. */
  readonly returnedMinor: number;
}

const dayOf = (instant: string): string => instant.slice(0, 10);

/**
 * What one order adds to the reports.
 *
 * - sales: once placed, on the day it was placed. An order that is cancelled, or fails later, gives all of it back.
 * - products: the same, line by line, unless it was cancelled or failed.
 * - stages: every stage up to the furthest, and the ending, on the day on which it was first heard of.
 */
export const totalsOf = (history: OrderHistory): readonly DailyTotal[] => [
  ...sales(history),
  ...stages(history),
];

function sales(history: OrderHistory): DailyTotal[] {
  const { since, fact, refundedMinor } = history;
  if (since.PLACED === undefined || fact === undefined) return [];
  const day = dayOf(since.PLACED);
  const { amountMinor, currency, lines } = fact;
  const isOff = fact.is === 'CANCELLED' || fact.is === 'FAILED';
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const returnedMinor = isOff ? amountMinor : Math.min(refundedMinor, amountMinor);
  const sale = {
    report: 'sales',
    day,
    subject: '',
    currency,
    orders: 1,
    units,
    amountMinor,
    returnedMinor,
  } as const;
  if (isOff) return [sale];
  const products = lines.map(({ variantId, quantity, unitPriceMinor }): DailyTotal => ({
    report: 'products',
    day,
    subject: variantId,
    currency,
    orders: 1,
    units: quantity,
    amountMinor: quantity * (unitPriceMinor ?? 0),
    returnedMinor: 0,
  }));
  return [sale, ...products];
}

function stages(history: OrderHistory): DailyTotal[] {
  const [first] = Object.values(history.since).sort();
  if (first === undefined) return [];
  const reached = furthest(history);
  const end = standing(history);
  const subjects = new Set<string>([...(reached ? upTo(reached) : []), ...(end ? [end] : [])]);
  return [...subjects].map((subject) => ({
    report: 'stages',
    day: dayOf(first),
    subject,
    currency: '',
    orders: 1,
    units: 0,
    amountMinor: 0,
    returnedMinor: 0,
  }));
}

/** What to add to the reports when histories change: what they add now less what they added before, row by row. */
export function changes(
  orders: readonly { readonly before: OrderHistory; readonly after: OrderHistory }[],
): DailyTotal[] {
  const sums = new Map<string, DailyTotal>();
  const add = (total: DailyTotal, sign: 1 | -1): void => {
    const key = JSON.stringify([total.report, total.day, total.subject, total.currency]);
    const { orders: count, units, amountMinor, returnedMinor } = sums.get(key) ?? NOTHING;
    sums.set(key, {
      ...total,
      orders: count + sign * total.orders,
      units: units + sign * total.units,
      amountMinor: amountMinor + sign * total.amountMinor,
      returnedMinor: returnedMinor + sign * total.returnedMinor,
    });
  };
  for (const { before, after } of orders) {
    for (const total of totalsOf(before)) add(total, -1);
    for (const total of totalsOf(after)) add(total, 1);
  }
  return [...sums.values()].filter(
    ({ orders: count, units, amountMinor, returnedMinor }) =>
      count !== 0 || units !== 0 || amountMinor !== 0 || returnedMinor !== 0,
  );
}

const NOTHING = { orders: 0, units: 0, amountMinor: 0, returnedMinor: 0 };
