import { highest, nullKey, orderKey, tagOf, isNaNValue } from '../bson/order-key.js';
import { isNumeric, type Value } from '../bson/value.js';
import type { FieldTest, Filter } from '../query/filter.js';

/** Keys `from <= key < to` of one indexed field; `point` when it is exactly one value. */
export interface Interval {
  readonly from: string;
  readonly to: string;
  readonly point?: string;
}

/**
 * What a query says about one path: every matching document has, for each of the lists, a key inside one of its
 * intervals. Bounds only narrow where to look; the query itself is tested again on everything found.
 */
export type Bounds = ReadonlyMap<string, readonly (readonly Interval[])[]>;

type MutableBounds = Map<string, (readonly Interval[])[]>;

/** Derives {@link Bounds} from a query. A path that is not in the result is unbounded. */
export function boundsOf(filter: Filter, prefix = ''): Bounds {
  switch (filter.kind) {
    case 'field':
      return fieldBounds(filter, prefix);
    case 'and': {
      const all: MutableBounds = new Map();
      for (const child of filter.children) {
        for (const [path, lists] of boundsOf(child, prefix)) append(all, path, lists);
      }
      return all;
    }
    case 'or':
      return union(filter.children.map((child) => boundsOf(child, prefix)));
    case 'nor':
    case 'expression':
      return new Map();
  }
}

function append(bounds: MutableBounds, path: string, lists: readonly (readonly Interval[])[]): void {
  const known = bounds.get(path);
  if (known === undefined) bounds.set(path, [...lists]);
  else known.push(...lists);
}

/** A path bounded in every branch is bounded by the branches' intervals together. */
function union(branches: readonly Bounds[]): Bounds {
  const [first, ...rest] = branches;
  const result: MutableBounds = new Map();
  for (const [path, lists] of first ?? []) {
    const others = rest.map((branch) => branch.get(path)?.[0]);
    if (others.every((list) => list !== undefined))
      result.set(path, [[...(lists[0] ?? []), ...others.flat()]]);
  }
  return result;
}

function fieldBounds(filter: Filter & { kind: 'field' }, prefix: string): Bounds {
  if (filter.path.some((part) => /^\d+$/.test(part))) return new Map();
  const path = prefix + filter.path.join('.');
  const { test } = filter;
  if (test.kind === 'elementMatches') {
    // an element that matches by lacking a field leaves no key of its own behind, so null bounds nothing here
    const inner = boundsOf(test.filter, `${path}.`);
    return new Map([...inner].filter(([, lists]) => !lists.flat().some((each) => each.from <= nullKey)));
  }
  if (test.kind === 'all') {
    const all: MutableBounds = new Map();
    for (const each of test.tests) {
      for (const [name, lists] of fieldBounds({ ...filter, test: each }, prefix)) append(all, name, lists);
    }
    return all;
  }
  const intervals = intervalsOf(test);
  return intervals === undefined ? new Map() : new Map([[path, [intervals]]]);
}

function intervalsOf(test: FieldTest): readonly Interval[] | undefined {
  if (test.kind === 'equals') return Array.isArray(test.value) ? undefined : [pointAt(test.value)];
  if (test.kind === 'range') return rangeIntervals(test.operator, test.value);
  if (test.kind !== 'in' || test.patterns.length > 0) return undefined;
  return test.values.some((value) => Array.isArray(value)) ? undefined : test.values.map(pointAt);
}

function pointAt(value: Value): Interval {
  const point = orderKey(value);
  return { from: point, to: point + highest, point };
}

function rangeIntervals(
  operator: '$gt' | '$gte' | '$lt' | '$lte',
  value: Value,
): readonly Interval[] | undefined {
  if (Array.isArray(value) || (isNumeric(value) && isNaNValue(value))) return undefined;
  const tag = tagOf(value);
  const key = orderKey(value);
  if (value === null) return [{ from: nullKey, to: nullKey + highest }];
  switch (operator) {
    case '$gt':
      return [{ from: key + highest, to: tag + highest }];
    case '$gte':
      return [{ from: key, to: tag + highest }];
    case '$lt':
      return [{ from: tag, to: key }];
    case '$lte':
      return [{ from: tag, to: key + highest }];
  }
}
