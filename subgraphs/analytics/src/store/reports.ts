import type { SqlExecutor } from '@souk/kit/postgres';
import type { DayRange } from '../domain/day-range.js';
import type { Currency } from '../domain/order-history.js';
import type { SalesRow } from '../domain/report-rows.js';
import type { Ending, Stage } from '../domain/stage.js';

/** Days with sales, ascending. */
export const readSales = (sql: SqlExecutor, { from, to }: DayRange): Promise<SalesRow[]> =>
  sql.query<SalesRow>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, currency, orders, units, amount_minor AS "amountMinor",
            returned_minor AS "returnedMinor"
     FROM projections.daily_totals WHERE report = 'sales' AND day BETWEEN $1 AND $2 ORDER BY day, currency`,
    [from, to],
  );

/** How many orders of a range of days came to each stage or ending. */
export async function readStages(
  sql: SqlExecutor,
  { from, to }: DayRange,
): Promise<ReadonlyMap<Stage | Ending, number>> {
  const rows = await sql.query<{ subject: Stage | Ending; orders: number }>(
    `SELECT subject, sum(orders)::bigint AS orders FROM projections.daily_totals
     WHERE report = 'stages' AND day BETWEEN $1 AND $2 GROUP BY subject`,
    [from, to],
  );
  return new Map(rows.map(({ subject, orders }) => [subject, orders]));
}

/** What was sold of a variant in a currency. */
export interface ProductRow {
  readonly variantId: string;
  readonly currency: Currency;
  readonly orders: number;
  readonly units: number;
  readonly amountMinor: number;
}

/** The variants that sold best, best first. */
export const readTopProducts = (
  sql: SqlExecutor,
  { from, to, first, by }: DayRange & { readonly first: number; readonly by: 'amount' | 'units' },
): Promise<ProductRow[]> =>
  sql.query<ProductRow>(
    `SELECT subject AS "variantId", currency, sum(orders)::bigint AS orders, sum(units)::bigint AS units,
            sum(amount_minor)::bigint AS "amountMinor"
     FROM projections.daily_totals WHERE report = 'products' AND day BETWEEN $1 AND $2
     GROUP BY subject, currency ORDER BY ${by === 'units' ? '4' : '5'} DESC, 1, 2 LIMIT $3`,
    [from, to, first],
  );
