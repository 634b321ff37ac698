import { badValue } from '../errors.js';
import type { FieldSource, Value } from '../bson/value.js';

/** A dotted path, split. */
export type Path = readonly string[];

export function parsePath(text: string): Path {
  const path = text.split('.');
  if (path.some((part) => part === ''))
    throw badValue(`The path '${text}' has an empty part; name every field`);
  if (path.some((part) => part.startsWith('$')))
    throw badValue(`The path '${text}' has a part that starts with '$'`);
  return path;
}

/**
 * Told every value a path leads to, `undefined` where nothing is; `index` is the position in the outermost array passed
 * on the way. Answers true to stop.
 */
export type Visit = (value: Value | undefined, index: number | undefined) => boolean;

/**
 * Walks a path the way MongoDB's matcher does: an array on the way is walked element by element (and by position when
 * the next part is a number); an array at the end is offered element by element and then whole, or with
 * `leafArrays: 'whole'` only whole.
 *
 * @returns whether a visit answered true
 */
export function walkPath(
  source: FieldSource,
  path: Path,
  leafArrays: 'each' | 'whole',
  visit: Visit,
): boolean {
  const each = leafArrays === 'each';
  const walk = (from: FieldSource, depth: number, index: number | undefined): boolean => {
    const value = from.get(path[depth] ?? '');
    if (depth === path.length - 1) {
      if (each && Array.isArray(value) && value.some((element, at) => visit(element, index ?? at)))
        return true;
      return visit(value, index);
    }
    if (value instanceof Map) return walk(value, depth + 1, index);
    if (Array.isArray(value)) return walkArray(value, depth + 1, index);
    return visit(undefined, index);
  };
  const walkArray = (array: readonly Value[], depth: number, outer: number | undefined): boolean =>
    array.some((element, at) => {
      const index = outer ?? at;
      if (element instanceof Map && walk(element, depth, index)) return true;
      if (path[depth] !== String(at)) return false;
      if (depth === path.length - 1) return visit(element, index);
      if (element instanceof Map) return walk(element, depth + 1, index);
      return Array.isArray(element) && walkArray(element, depth + 1, index);
    });
  return walk(source, 0, undefined);
}

/** The one value at a path that passes through no array, as projections and updates see documents. */
export function valueAt(source: FieldSource, path: Path): Value | undefined {
  let value = source.get(path[0] ?? '');
  for (let depth = 1; depth < path.length; depth += 1) {
    if (!(value instanceof Map)) return undefined;
    value = value.get(path[depth] ?? '');
  }
  return value;
}

/** Whether a part of a path may stand for a position in an array. */
export function isNumericPathPart(part: string): boolean {
  return /^\d+$/.test(part);
}
