import { badValue } from '../../errors.js';
import type { Doc, Value } from '../../bson/value.js';
import { parsePath, valueAt, type Path } from '../../query/path.js';
import { Overlay, type Item } from '../scope.js';
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
  const value = valueAt(item, path);
  const withIndex = (result: Item, index: bigint | null): Item =>
    indexField === undefined ? result : new Overlay(result, indexField, index);
  if (Array.isArray(value) && value.length > 0) {
    return value.map((element, index) => withIndex(replaceAt(item, path, element), BigInt(index)));
  }
  if (value !== undefined && value !== null && !Array.isArray(value)) return [withIndex(item, null)];
  if (!keepEmpty) return [];
  return [withIndex(Array.isArray(value) ? replaceAt(item, path, undefined) : item, null)];
}

/** The path exists: an array was just found at its end. */
function replaceAt(item: Item, [name = '', ...rest]: Path, value: Value | undefined): Item {
  return new Overlay(item, name, rest.length === 0 ? value : replaceInside(item.get(name), rest, value));
}

function replaceInside(
  current: Value | undefined,
  [name = '', ...rest]: Path,
  value: Value | undefined,
): Doc {
  const result: Doc = new Map(current instanceof Map ? current : []);
  const next = rest.length === 0 ? value : replaceInside(result.get(name), rest, value);
  if (next === undefined) result.delete(name);
  else result.set(name, next);
  return result;
}
