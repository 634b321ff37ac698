import { type DayRange, daysOf } from './day-range.js';
import type { Currency } from './order-history.js';
import { type Ending, STAGES, type Stage } from './stage.js';

/** What was sold on a day in a currency. */
export interface SalesRow {
  readonly day: string;
  readonly currency: Currency;
  readonly orders: number;
  readonly units: number;
  readonly amountMinor: number;
  readonly returnedMinor: number;
}

/** A row for every day of the range and every currency that was sold in, by currency and day. */
export function everyDay(rows: readonly SalesRow[], range: DayRange): SalesRow[] {
  const days = daysOf(range);
  const known = new Map(rows.map((row) => [`${row.currency} ${row.day}`, row]));
  return currenciesOf(rows).flatMap((currency) =>
    days.map((day) => known.get(`${currency} ${day}`) ?? { ...NO_SALES, day, currency }),
  );
}

const NO_SALES = { orders: 0, units: 0, amountMinor: 0, returnedMinor: 0 };
const currenciesOf = (rows: readonly SalesRow[]): Currency[] =>
  [...new Set(rows.map(({ currency }) => currency))].sort();

/** What an order is worth on average. */
export interface Average {
  readonly currency: Currency;
  readonly orders: number;
  readonly average: { readonly amountMinor: number; readonly currency: Currency };
}

/** By currency; exact, and rounded half up at the end. */
export function averages(rows: readonly SalesRow[]): Average[] {
  return currenciesOf(rows).map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const orders = own.reduce((sum, row) => sum + row.orders, 0);
    const amount = own.reduce((sum, row) => sum + row.amountMinor, 0);
    const amountMinor = orders === 0 ? 0 : Math.floor((2 * amount + orders) / (2 * orders));
    return { currency, orders, average: { amountMinor, currency } };
  });
}

/** How far orders came. */
export interface FunnelReport {
  readonly steps: readonly { readonly stage: Stage; readonly orders: number; readonly share: number }[];
  readonly failed: number;
  readonly cancelled: number;
  readonly returned: number;
}

export function funnelOf(counts: ReadonlyMap<Stage | Ending, number>): FunnelReport {
  const count = (stage: Stage | Ending): number => counts.get(stage) ?? 0;
  const all = count('RECEIVED');
  return {
    steps: STAGES.map((stage) => ({
      stage,
      orders: count(stage),
      share: all === 0 ? 0 : count(stage) / all,
    })),
    failed: count('FAILED'),
    cancelled: count('CANCELLED'),
    returned: count('RETURNED'),
  };
}
