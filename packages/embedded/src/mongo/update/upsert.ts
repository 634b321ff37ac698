import { badValue, refused } from '../errors.js';
import { equal } from '../bson/compare.js';
import { clone, type Doc, type Value } from '../bson/value.js';
import type { Filter } from '../query/filter.js';

/** The document an upsert starts from: what the query says the document is equal to. */
export function fromQuery(filter: Filter): Doc {
  const doc: Doc = new Map();
  collect(filter, doc);
  return doc;
}

function collect(filter: Filter, doc: Doc): void {
  if (filter.kind === 'and') for (const child of filter.children) collect(child, doc);
  else if (filter.kind === 'or') {
    const [only] = filter.children;
    if (filter.children.length === 1 && only !== undefined) collect(only, doc);
  } else if (filter.kind === 'field') {
    const { test } = filter;
    if (test.kind === 'equals') place(doc, filter.path, test.value);
    else if (test.kind === 'all' || (test.kind === 'in' && test.values.length === 1)) {
      throw refused(`an upsert whose query has $${test.kind} (write the field as an equality)`);
    }
  }
}

function place(doc: Doc, path: readonly string[], value: Value): void {
  let container = doc;
  for (const part of path.slice(0, -1)) {
    const next = container.get(part) ?? new Map<string, Value>();
    if (!(next instanceof Map))
      throw badValue(`cannot infer query fields to set, path '${path.join('.')}' is matched twice`);
    container.set(part, next);
    container = next;
  }
  const name = path.at(-1) ?? '';
  const known = container.get(name);
  if (known !== undefined && !equal(known, value)) {
    throw badValue(`cannot infer query fields to set, path '${path.join('.')}' is matched twice`);
  }
  container.set(name, clone(value));
}
