/** Days in UTC, both ends included: `2026-11-01` to `2026-11-30`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** Longest range of a report, in days. */
export const MAX_DAYS = 400;
const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

/**
 * The range that was asked for: `to` is today unless given, `from` 30 days before, both included.
 *
 * @returns the range, or what is wrong with it
 * @example dayRange({ from: '2026-11-01' }, now) // { range: { from: '2026-11-01', to: '2026-11-28' } }
 */
export function dayRange(
  asked: { readonly from?: string | null | undefined; readonly to?: string | null | undefined },
  now: Date,
): { readonly range: DayRange } | { readonly problem: string } {
  const to = asked.to ?? dayAt(now.getTime());
  const from = asked.from ?? dayAt(Date.parse(to) - (DEFAULT_DAYS - 1) * DAY_MS);
  if (from > to) return { problem: `"from" (${from}) is after "to" (${to}).` };
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days > MAX_DAYS) return { problem: `A report has at most ${MAX_DAYS} days, not ${days}.` };
  return { range: { from, to } };
}

/** Every day of a range, ascending. */
export function daysOf({ from, to }: DayRange): string[] {
  const first = Date.parse(from);
  const days = (Date.parse(to) - first) / DAY_MS + 1;
  return Array.from({ length: days }, (_, index) => dayAt(first + index * DAY_MS));
}

const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
