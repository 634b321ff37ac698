import { highest, inverted } from '../bson/order-key.js';
import type { Interval } from './bounds.js';

/** A stretch of an index's keys: `from <= key < to`. */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
}

/** Intervals in order, without overlaps and doubles. */
export function normalise(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals
    .filter(({ from, to }) => from < to)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last === undefined || next.from >= last.to) merged.push(next);
    else if (next.to > last.to || last.point !== next.point) {
      merged[merged.length - 1] = { from: last.from, to: next.to > last.to ? next.to : last.to };
    }
  }
  return merged;
}

/** The keys that are in both lists. */
export function intersect(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const a of left) {
    for (const b of right) {
      const from = a.from > b.from ? a.from : b.from;
      const to = a.to < b.to ? a.to : b.to;
      const point = a.point ?? b.point;
      if (from < to) result.push(point === undefined ? { from, to } : { from, to, point });
    }
  }
  return normalise(result);
}

/** The same interval in a field that is indexed descending. */
export function invert(interval: Interval): Interval {
  const flip = (bound: string): string =>
    bound.endsWith(highest) ? inverted(bound.slice(0, -1)) : inverted(bound) + highest;
  const turned = { from: flip(interval.to), to: flip(interval.from) };
  return interval.point === undefined ? turned : { ...turned, point: inverted(interval.point) };
}
