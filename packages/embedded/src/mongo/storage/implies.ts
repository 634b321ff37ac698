import { isDeepStrictEqual } from 'node:util';
import { nullKey } from '../bson/order-key.js';
import type { Filter } from '../query/filter.js';
import type { Bounds } from './bounds.js';
import type { IndexSpec } from './index-spec.js';

/**
 * Whether every document a query can match is in an index. An ordinary index holds all documents. A sparse one lacks
 * those without any of its fields, a partial one those outside its filter; they may only be used when the query itself
 * rules those out.
 */
export function impliesIndex(query: Filter, bounds: Bounds, spec: IndexSpec): boolean {
  if (spec.partial !== undefined && !impliesFilter(query, bounds, spec.partial.filter)) return false;
  return !spec.sparse || spec.fields.some((field) => excludesMissing(bounds, field.name));
}

function excludesMissing(bounds: Bounds, path: string): boolean {
  return (bounds.get(path) ?? []).some((list) => list.every((each) => each.from > nullKey));
}

/** Every condition of the partial filter has to be found, as it stands, among those of the query. */
function impliesFilter(query: Filter, bounds: Bounds, partial: Filter): boolean {
  const given = conjuncts(query);
  return conjuncts(partial).every((needed) => {
    if (
      needed.kind === 'field' &&
      needed.test.kind === 'exists' &&
      excludesMissing(bounds, needed.path.join('.'))
    ) {
      return true;
    }
    return needed.kind !== 'expression' && given.some((each) => isDeepStrictEqual(each, needed));
  });
}

function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.children.flatMap(conjuncts) : [filter];
}
