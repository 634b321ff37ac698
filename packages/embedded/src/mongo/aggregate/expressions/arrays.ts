import { badValue } from '../../errors.js';
import type { Value } from '../../bson/value.js';
import { wholeNumber } from '../../query/parse-field.js';
import { truthy, withVariable } from '../scope.js';
import { holds } from './comparison.js';
import { binary, isNullish, named, onArguments, unary, type Operator, type Operators } from './operator.js';

function arrayOrNull(name: string, value: Value | undefined): Value[] | null {
  if (isNullish(value)) return null;
  if (Array.isArray(value)) return value;
  throw badValue(`The argument to ${name} must be an array, but was of another type`);
}

function elementAt(value: Value | undefined, position: Value | undefined): Value | undefined {
  const array = arrayOrNull('$arrayElemAt', value);
  if (array === null || isNullish(position)) return null;
  return array.at(Number(wholeNumber(position, 'the position of $arrayElemAt')));
}

/** `$filter` and `$map`: an array, a name for its elements, and an expression on each. */
function overElements(
  name: string,
  body: string,
  optional: readonly string[],
  collect: (elements: Value[], results: (Value | undefined)[]) => Value[],
): Operator {
  return (operand, compile) => {
    const parts = named(name, operand, ['input', body], optional);
    const as = parts.get('as') ?? 'this';
    if (typeof as !== 'string') throw badValue(`'as' of ${name} must be a string`);
    const input = compile(parts.get('input') ?? null);
    const each = compile(parts.get(body) ?? null);
    return (scope) => {
      const array = arrayOrNull(name, input(scope));
      if (array === null) return null;
      return collect(
        array,
        array.map((element) => each(withVariable(scope, as, element))),
      );
    };
  };
}

const reduce: Operator = (operand, compile) => {
  const parts = named('$reduce', operand, ['input', 'initialValue', 'in']);
  const [input, initial, body] = ['input', 'initialValue', 'in'].map((key) =>
    compile(parts.get(key) ?? null),
  );
  return (scope) => {
    const array = arrayOrNull('$reduce', input?.(scope));
    if (array === null) return null;
    return array.reduce<Value | undefined>(
      (value, element) => body?.(withVariable(withVariable(scope, 'value', value), 'this', element)),
      initial?.(scope),
    );
  };
};

function slice([value, first, second]: (Value | undefined)[]): Value {
  const array = arrayOrNull('$slice', value);
  if (array === null || isNullish(first)) return null;
  const start = Number(wholeNumber(first, '$slice'));
  if (second === undefined) return start < 0 ? array.slice(start) : array.slice(0, start);
  if (second === null) return null;
  const count = Number(wholeNumber(second, '$slice'));
  if (count <= 0) throw badValue('Third argument to $slice must be positive');
  const from = start < 0 ? Math.max(0, array.length + start) : start;
  return array.slice(from, from + count);
}

function end(name: string, value: Value | undefined, at: 0 | -1): Value | undefined {
  const array = arrayOrNull(name, value);
  return array === null ? null : array.at(at);
}

export const arrays: Operators = {
  $size: unary('$size', (value) => {
    if (!Array.isArray(value)) throw badValue('The argument to $size must be an array');
    return value.length;
  }),
  $arrayElemAt: binary('$arrayElemAt', elementAt),
  $first: unary('$first', (value) => end('$first', value, 0)),
  $last: unary('$last', (value) => end('$last', value, -1)),
  $in: binary('$in', (value, array) => {
    if (!Array.isArray(array)) throw badValue('$in requires an array as a second argument');
    return holds(array, value);
  }),
  $concatArrays: onArguments('$concatArrays', 0, Infinity, (values) => {
    const lists = values.map((value) => arrayOrNull('$concatArrays', value));
    return lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
  }),
  $reverseArray: unary('$reverseArray', (value) => arrayOrNull('$reverseArray', value)?.toReversed() ?? null),
  $slice: onArguments('$slice', 2, 3, slice),
  $filter: overElements('$filter', 'cond', ['as'], (elements, results) =>
    elements.filter((_, at) => truthy(results[at])),
  ),
  $map: overElements('$map', 'in', ['as'], (_elements, results) => results.map((result) => result ?? null)),
  $reduce: reduce,
};
