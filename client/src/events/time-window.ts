/** A stretch of time that a slider goes over, in epoch milliseconds. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Steps of a slider over a window: fine enough to stop at any event that people can tell apart. */
export const STEPS = 1_000;

/** How far back one can look, in hours. */
export const WINDOWS = [1, 24, 24 * 7, 24 * 30] as const;
export type WindowHours = (typeof WINDOWS)[number];

export const windowBefore = (now: number, hours: number): TimeWindow => ({
  from: now - hours * 3_600_000,
  to: now,
});

/**
 * The instant at a step; undefined at the very end, which means "now", whenever that is.
 *
 * @example instantAt({ from: 0, to: 1_000 }, 250) // 250
 */
export const instantAt = ({ from, to }: TimeWindow, step: number): number | undefined =>
  step >= STEPS ? undefined : Math.round(from + ((to - from) * step) / STEPS);

/**
 * The step that is nearest to an instant: the inverse of {@link instantAt}.
 *
 * @example stepAt({ from: 0, to: 1_000 }, 250) // 250
 */
export function stepAt({ from, to }: TimeWindow, instant: number | undefined): number {
  if (instant === undefined) return STEPS;
  const step = Math.round(((instant - from) / (to - from)) * STEPS);
  // The last step is "now", which an instant never is.
  return Math.min(Math.max(step, 0), STEPS - 1);
}

export const isWithin = ({ from, to }: TimeWindow, instant: number): boolean =>
  instant >= from && instant < to;
