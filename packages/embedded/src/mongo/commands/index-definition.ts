import { MongoError, refused } from '../errors.js';
import type { Doc, Value } from '../bson/value.js';
import type { FieldTest, Filter } from '../query/filter.js';
import { compileFilter } from '../query/match.js';
import { parseSort } from '../query/sort.js';
import type { IndexSpec } from '../storage/index-spec.js';
import { Arguments } from './arguments.js';
import { parseQuery } from './query.js';

/** Reads one of the `indexes` of createIndexes, and what the log keeps of it. */
export function parseIndex(definition: Doc): IndexSpec {
  const args = new Arguments('createIndexes.indexes', definition);
  const key = args.doc('key');
  const name = args.text('name');
  const unique = args.boolean('unique');
  const sparse = args.boolean('sparse');
  const partial = args.doc('partialFilterExpression');
  checkVersion(args.value('v'));
  args.ignore('background', 'ns');
  args.refuse(
    ...['expireAfterSeconds', 'collation', 'hidden', 'weights', 'default_language', 'language_override'],
    ...[
      'textIndexVersion',
      '2dsphereIndexVersion',
      'bits',
      'min',
      'max',
      'wildcardProjection',
      'storageEngine',
    ],
    ...['prepareUnique', 'clustered', 'dropDups'],
  );
  args.end();
  if (key === undefined || key.size === 0)
    throw new MongoError('CannotCreateIndex', 'Index keys cannot be empty.');
  if (name === '' || name === '*')
    throw new MongoError('CannotCreateIndex', `'${name}' is not a name for an index`);
  if (sparse && partial !== undefined) {
    throw new MongoError('CannotCreateIndex', "cannot mix 'partialFilterExpression' and 'sparse' options");
  }
  for (const [field, kind] of key) {
    if (typeof kind === 'string') throw refused(`index type "${kind}" (field '${field}')`);
    if (field.includes('$')) throw refused(`wildcard index '${field}'`);
  }
  return {
    name,
    fields: parseSort(key),
    unique,
    sparse,
    partial: partial && readPartial(partial),
    definition: canonical(key, name, unique, sparse, partial),
  };
}

function checkVersion(version: Value | undefined): void {
  if (version !== undefined && version !== 2) throw refused('an index version other than 2');
}

function canonical(key: Doc, name: string, unique: boolean, sparse: boolean, partial: Doc | undefined): Doc {
  const definition: Doc = new Map<string, Value>([
    ['v', 2],
    ['key', key],
    ['name', name],
  ]);
  if (unique) definition.set('unique', true);
  if (sparse) definition.set('sparse', true);
  if (partial !== undefined) definition.set('partialFilterExpression', partial);
  return definition;
}

function readPartial(expression: Doc): IndexSpec['partial'] {
  const filter = parseQuery(expression);
  checkPartial(filter);
  return { filter, matches: compileFilter(filter) };
}

const allowedInPartial: readonly FieldTest['kind'][] = ['equals', 'range', 'exists', 'type', 'in'];

function checkPartial(filter: Filter): void {
  if (filter.kind === 'and') filter.children.forEach(checkPartial);
  else if (filter.kind !== 'field' || !allowedInPartial.includes(filter.test.kind)) {
    throw new MongoError(
      'CannotCreateIndex',
      'unsupported expression in partial index: use $eq, $in, ranges, $exists: true, $type, $and',
    );
  }
}
