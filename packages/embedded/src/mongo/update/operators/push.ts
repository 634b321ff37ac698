import { badValue, MongoError, refused } from '../../errors.js';
import { describe } from '../../bson/describe.js';
import { orderKey } from '../../bson/order-key.js';
import { typeNameOf } from '../../bson/types.js';
import { clone, isNumeric, magnitude, type Doc, type Value } from '../../bson/value.js';
import { wholeNumber } from '../../query/parse-field.js';
import { parseSort, sortBy, valueOrder } from '../../query/sort.js';
import { untouched, type Change, type Place } from '../action.js';

/** `$push`, with `$each` and its modifiers. */
export function push(operand: Value): Change {
  const { values, position, slice, sort } = readPush(operand);
  return (current, place) => {
    const array = arrayOrError(current, '$push', place);
    if (current === undefined && values.length === 0 && sort === undefined && slice === undefined) return [];
    const at =
      position === undefined ? array.length : position < 0 ? Math.max(0, array.length + position) : position;
    array.splice(at, 0, ...values.map(clone));
    const ordered = sort === undefined ? array : sort(array);
    if (slice === undefined) return ordered;
    return slice < 0 ? ordered.slice(Math.max(0, ordered.length + slice)) : ordered.slice(0, slice);
  };
}

interface PushOperand {
  readonly values: readonly Value[];
  readonly position?: number;
  readonly slice?: number;
  readonly sort?: (array: Value[]) => Value[];
}

function readPush(operand: Value): PushOperand {
  const modifiers = eachModifiers(operand);
  if (modifiers === undefined) return { values: [operand] };
  const values = eachValues(modifiers, '$push');
  let result: PushOperand = { values };
  for (const [name, value] of modifiers) {
    if (name === '$position') result = { ...result, position: Number(wholeNumber(value, '$position')) };
    else if (name === '$slice') result = { ...result, slice: Number(wholeNumber(value, '$slice')) };
    else if (name === '$sort') result = { ...result, sort: readSort(value) };
    else if (name !== '$each') throw badValue(`Unrecognized clause in $push: ${name}`);
  }
  return result;
}

function readSort(sort: Value): (array: Value[]) => Value[] {
  if (isNumeric(sort)) {
    const direction = Number(magnitude(sort));
    if (Math.abs(direction) !== 1) throw badValue('The $sort element value must be either 1 or -1');
    return (array) => [...array].sort((a, b) => valueOrder(a, b) * direction);
  }
  if (!(sort instanceof Map) || sort.size === 0)
    throw badValue('The $sort is invalid: use 1/-1 or {field: 1/-1}');
  const fields = parseSort(sort);
  return (array) => {
    if (!array.every((element) => element instanceof Map)) {
      throw refused('$push with a $sort by field on an array that holds other things than documents');
    }
    return sortBy(array, fields, (element) => element); // every element was just seen to be a document
  };
}

/** `$addToSet`: adds what is not there yet. */
export function addToSet(operand: Value): Change {
  const modifiers = eachModifiers(operand);
  if (modifiers !== undefined && modifiers.size > 1) {
    throw badValue(`Found unexpected fields after $each in $addToSet: ${describe(modifiers)}`);
  }
  const values = modifiers === undefined ? [operand] : eachValues(modifiers, '$addToSet');
  return (current, place) => {
    const array = arrayOrError(current, '$addToSet', place);
    const known = new Set(array.map(orderKey));
    let added = current === undefined;
    for (const value of values) {
      const key = orderKey(value);
      if (known.has(key)) continue;
      known.add(key);
      array.push(clone(value));
      added = true;
    }
    return added ? array : untouched;
  };
}

function eachModifiers(operand: Value): Doc | undefined {
  if (!(operand instanceof Map)) return undefined;
  if (operand.has('$each')) return operand;
  const first = operand.keys().next().value;
  if (first?.startsWith('$')) throw badValue(`${first} needs an $each beside it`);
  return undefined;
}

function eachValues(modifiers: Doc, operator: string): Value[] {
  const each = modifiers.get('$each');
  if (Array.isArray(each)) return each;
  throw new MongoError('TypeMismatch', `The argument to $each in ${operator} must be an array`);
}

/** The array an operator works on, a new one where there is none. */
export function arrayOrError(current: Value | undefined, operator: string, { path, id }: Place): Value[] {
  if (current === undefined) return [];
  if (Array.isArray(current)) return current;
  const verb =
    operator === '$push'
      ? `The field '${path}' must be an array`
      : `Cannot apply ${operator} to non-array field. Field named '${path}'`;
  throw new MongoError(
    operator === '$addToSet' || operator === '$push' ? 'BadValue' : 'TypeMismatch',
    `${verb} but is of type ${typeNameOf(current)} in document {_id: ${describe(id)}}`,
  );
}
