import type { ReportsQuery } from '@/__generated__/graphql.js';

export type SalesRow = NonNullable<ReportsQuery['salesByDay']>[number];

/** What a row, or many rows of one currency, come to. Amounts in minor units. */
export interface Sums {
  readonly net: number;
  readonly gross: number;
  readonly orders: number;
  readonly units: number;
}

export const sumOf = (rows: readonly SalesRow[], currency: string): Sums =>
  rows
    .filter((row) => row.currency === currency)
    .reduce(
      (sum, row) => ({
        net: sum.net + row.net.amountMinor,
        gross: sum.gross + row.gross.amountMinor,
        orders: sum.orders + row.orders,
        units: sum.units + row.units,
      }),
      { net: 0, gross: 0, orders: 0, units: 0 },
    );

/** The currencies that were sold in, the one with most orders first. */
export const currenciesOf = (rows: readonly SalesRow[]): string[] =>
  [...new Set(rows.map(({ currency }) => currency))].sort(
    (a, b) => sumOf(rows, b).orders - sumOf(rows, a).orders,
  );

/** How much more or less than before, as a part of it; undefined where there was nothing before. */
export const changeOf = (now: number, before: number): number | undefined =>
  before === 0 ? undefined : (now - before) / before;

const DAY_MS = 86_400_000;

/** The last days up to today in UTC, both ends included, and as many before them. */
export function periodOf(days: number, now: Date) {
  const day = (ago: number): string => new Date(now.getTime() - ago * DAY_MS).toISOString().slice(0, 10);
  return { from: day(days - 1), to: day(0), beforeFrom: day(2 * days - 1), beforeTo: day(days) };
}
