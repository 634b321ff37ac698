import { badValue, MongoError } from '../errors.js';
import { describe } from '../bson/describe.js';
import { newObjectId } from '../bson/object-id.js';
import { orderKey } from '../bson/order-key.js';
import { typeNameOf } from '../bson/types.js';
import { cloneDoc, type Doc, type Value } from '../bson/value.js';
import { compileUpdatePipeline } from '../aggregate/update-pipeline.js';
import type { Filter } from '../query/filter.js';
import { applyActions } from './apply.js';
import { checkFilterUse, parseArrayFilters, type ArrayFilters } from './array-filters.js';
import { parseOperators } from './parse.js';
import { fromQuery } from './upsert.js';

/** An update ready to be applied to documents. */
export interface Update {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  /** Whether it has a `$` that the query's match has to give a meaning to. */
  readonly positional: boolean;
  /** Makes the new document from the old one, which is its own copy to change. */
  apply(doc: Doc, how: { position: number | undefined; inserting: boolean; now: Date }): Doc;
}

/** Reads the `u` of an update statement: operators, a replacement, or a pipeline. */
export function parseUpdate(update: Value | undefined, arrayFilters: readonly Value[]): Update {
  const filters = parseArrayFilters(arrayFilters);
  if (Array.isArray(update)) {
    if (filters.size > 0)
      throw new MongoError('FailedToParse', 'Cannot specify arrayFilters with a pipeline-style update');
    const run = compileUpdatePipeline(update);
    return {
      kind: 'pipeline',
      positional: false,
      apply: (doc, { now }) => keepId(doc.get('_id'), run(doc, now)),
    };
  }
  if (!(update instanceof Map))
    throw new MongoError('FailedToParse', 'Update argument must be either an object or an array');
  const first = update.keys().next().value;
  if (first?.startsWith('$')) return operatorUpdate(update, filters);
  if ([...update.keys()].some((name) => name.startsWith('$'))) {
    throw badValue('A replacement document may not hold update operators; use one or the other');
  }
  if (filters.size > 0)
    throw new MongoError('FailedToParse', 'Cannot specify arrayFilters with a replacement');
  return { kind: 'replacement', positional: false, apply: (doc) => replacement(doc, update) };
}

function operatorUpdate(update: Doc, filters: ArrayFilters): Update {
  const actions = parseOperators(update);
  const paths = actions.map(({ path }) => path);
  checkFilterUse(filters, paths);
  return {
    kind: 'operators',
    positional: paths.some((path) => path.includes('$')),
    apply: (doc, how) => {
      const id = doc.get('_id');
      applyActions(doc, actions, { ...how, filters, id: id ?? null });
      return how.inserting && id === undefined ? doc : keepId(id, doc);
    },
  };
}

function replacement(doc: Doc, update: Doc): Doc {
  const id = doc.get('_id') ?? update.get('_id');
  const rest = [...cloneDoc(update)].filter(([name]) => name !== '_id');
  const result: Doc = new Map(id === undefined ? rest : [['_id', id], ...rest]);
  const given = update.get('_id');
  return given === undefined ? result : keepId(given, result);
}

/** @throws MongoError ImmutableField when the `_id` is not what it was */
function keepId(before: Value | undefined, doc: Doc): Doc {
  const after = doc.get('_id');
  if (before === undefined || (after !== undefined && same(before, after))) return doc;
  throw new MongoError(
    'ImmutableField',
    `Performing an update on the path '_id' would modify the immutable field '_id' of ${describe(before)}`,
  );
}

function same(left: Value, right: Value): boolean {
  return typeNameOf(left) === typeNameOf(right) && orderKey(left) === orderKey(right);
}

/** The document an upsert inserts, with its `_id` first. */
export function upsertDocument(filter: Filter, update: Update, now: Date): Doc {
  const seed = update.kind === 'replacement' ? idOnly(fromQuery(filter)) : fromQuery(filter);
  const made = update.apply(seed, { position: undefined, inserting: true, now });
  const id = made.get('_id') ?? newObjectId(now.getTime());
  if (Array.isArray(id)) throw new MongoError('InvalidIdField', "The '_id' value cannot be of type array");
  made.delete('_id');
  return new Map<string, Value>([['_id', id], ...made]);
}

function idOnly(doc: Doc): Doc {
  const id = doc.get('_id');
  return new Map(id === undefined ? [] : [['_id', id]]);
}
