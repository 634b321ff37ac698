import { badValue } from '../../errors.js';
import type { Doc, Value } from '../../bson/value.js';
import { parsePath, valueAt, type Path } from '../../query/path.js';
import { docOf, type Item } from '../scope.js';
import type { StageFactory } from '../stage.js';

/** One document for each element of an array, in its place. */
export const unwind: StageFactory = (spec) => {
  const { path, keepEmpty, indexField } = readSpec(spec);
  return (items) => items.flatMap((item) => unwindOne(item, path, keepEmpty, indexField));
};

function readSpec(spec: Value): { path: Path; keepEmpty: boolean; indexField: string | undefined } {
  const options: Doc = spec instanceof Map ? spec : new Map([['path', spec]]);
  for (const name of options.keys()) {
    if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(name)) {
      throw badValue(`unrecognized option to $unwind stage: ${name}`);
    }
  }
  const path = options.get('path');
  const keepEmpty = options.get('preserveNullAndEmptyArrays') ?? false;
  const indexField = options.get('includeArrayIndex');
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw badValue('path option to $unwind stage should be prefixed with a $');
  if (typeof keepEmpty !== 'boolean') throw badValue('preserveNullAndEmptyArrays must be a boolean');
  if (indexField !== undefined && (typeof indexField !== 'string' || /^$|^\$|\./.test(indexField))) {
    throw badValue('includeArrayIndex must be the name of a top-level field');
  }
  return { path: parsePath(path.slice(1)), keepEmpty, indexField };
}

function unwindOne(item: Item, path: Path, keepEmpty: boolean, indexField: string | undefined): Item[] {
  const doc = docOf(item);
  const value = valueAt(doc, path);
  const withIndex = (result: Doc, index: bigint | null): Doc =>
    indexField === undefined ? result : new Map([...result, [indexField, index]]);
  if (Array.isArray(value) && value.length > 0) {
    return value.map((element, index) => withIndex(replaceAt(doc, path, element), BigInt(index)));
  }
  if (value !== undefined && value !== null && !Array.isArray(value)) return [withIndex(doc, null)];
  if (!keepEmpty) return [];
  return [withIndex(Array.isArray(value) ? replaceAt(doc, path, undefined) : doc, null)];
}

function replaceAt(doc: Doc, [name = '', ...rest]: Path, value: Value | undefined): Doc {
  const result: Doc = new Map(doc);
  const inner = doc.get(name);
  if (rest.length > 0 && inner instanceof Map) result.set(name, replaceAt(inner, rest, value));
  else if (value === undefined) result.delete(name);
  else result.set(name, value);
  return result;
}
