import { compileCondition } from '../aggregate/expression.js';
import type { Doc, Value } from '../bson/value.js';
import type { Filter } from '../query/filter.js';
import { parseFilter } from '../query/parse.js';

/** Reads a query as commands take it, `$expr` included. */
export function parseQuery(query: Doc | undefined): Filter {
  return parseFilter(query ?? new Map<string, Value>(), compileCondition);
}
