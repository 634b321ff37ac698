import { badValue } from '../../errors.js';
import type { Doc, Value } from '../../bson/value.js';
import { isNullish, onArguments, unary, wrongType, type Operators } from './operator.js';

/** Puts documents over each other; null and missing ones count as empty. */
export function merge(values: readonly (Value | undefined)[], name = '$mergeObjects'): Doc {
  const result: Doc = new Map();
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!(value instanceof Map)) throw wrongType(name, 'objects', value);
    for (const [field, child] of value) result.set(field, child);
  }
  return result;
}

function pairs(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (!(value instanceof Map)) throw wrongType('$objectToArray', 'objects', value);
  return [...value].map(
    ([k, v]) =>
      new Map<string, Value>([
        ['k', k],
        ['v', v],
      ]),
  );
}

function fromPairs(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (!Array.isArray(value)) throw wrongType('$arrayToObject', 'arrays', value);
  return new Map(
    value.map((pair): [string, Value] => {
      const [key, child] = Array.isArray(pair)
        ? pair
        : pair instanceof Map && pair.size === 2
          ? [pair.get('k'), pair.get('v')]
          : [];
      if (typeof key !== 'string' || child === undefined || (Array.isArray(pair) && pair.length !== 2)) {
        throw badValue('$arrayToObject requires [key, value] pairs or { k, v } objects');
      }
      return [key, child];
    }),
  );
}

export const objects: Operators = {
  $mergeObjects: onArguments('$mergeObjects', 0, Infinity, (values) => {
    const [only] = values;
    return merge(values.length === 1 && Array.isArray(only) ? only : values);
  }),
  $objectToArray: unary('$objectToArray', pairs),
  $arrayToObject: unary('$arrayToObject', fromPairs),
};
