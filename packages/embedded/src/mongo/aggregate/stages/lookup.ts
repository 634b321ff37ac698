import { badValue, refused } from '../../errors.js';
import type { Doc, Value } from '../../bson/value.js';
import type { Filter } from '../../query/filter.js';
import { parsePath, walkPath, type Path } from '../../query/path.js';
import { findDocuments } from '../../storage/find.js';
import { docOf, type Item } from '../scope.js';
import type { StageFactory } from '../stage.js';

/** The equality form: documents of another collection whose field equals, or holds, the local value. */
export const lookup: StageFactory = (spec) => {
  const { from, local, foreign, as } = readSpec(spec);
  return (items, { collection }) => {
    const other = collection(from);
    return items.map((item) => {
      const found = findDocuments(other, { kind: 'field', path: foreign, test: equalTo(item, local) });
      return new Map<string, Value>([...docOf(item), [as, found.map(({ raw }) => raw.decode())]]);
    });
  };
};

function equalTo(item: Item, path: Path): (Filter & { kind: 'field' })['test'] {
  const values: Value[] = [];
  walkPath(item, path, 'whole', (value) => {
    if (Array.isArray(value)) values.push(...value);
    else values.push(value ?? null);
    return false;
  });
  if (values.length === 0) throw refused('$lookup from an empty array');
  if (values.some((value) => Array.isArray(value))) throw refused('$lookup from an array inside an array');
  return { kind: 'in', values, patterns: [] };
}

function readSpec(spec: Value): { from: string; local: Path; foreign: Path; as: string } {
  if (!(spec instanceof Map)) throw badValue('the $lookup specification must be an object');
  for (const name of spec.keys()) {
    if (!['from', 'localField', 'foreignField', 'as'].includes(name)) throw refused(`$lookup with '${name}'`);
  }
  const text = (name: string, source: Doc = spec): string => {
    const value = source.get(name);
    if (typeof value !== 'string' || value === '')
      throw badValue(`$lookup argument '${name}' must be a string`);
    return value;
  };
  const as = text('as');
  if (as.includes('.') || as.startsWith('$')) throw refused("$lookup with a path as 'as'");
  return {
    from: text('from'),
    local: parsePath(text('localField')),
    foreign: parsePath(text('foreignField')),
    as,
  };
}
