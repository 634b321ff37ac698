import { MongoError } from '../../errors.js';
import { compare } from '../../bson/compare.js';
import { clone, type Value } from '../../bson/value.js';
import { removed, untouched, type Change } from '../action.js';

export function set(operand: Value): Change {
  return () => clone(operand);
}

export function setOnInsert(operand: Value): Change {
  return (_current, { inserting }) => (inserting ? clone(operand) : untouched);
}

export function unset(): Change {
  return (current) => (current === undefined ? untouched : removed);
}

/** `$min` and `$max`: the lesser or greater of both in the order across types. */
export function extreme(operand: Value, sign: -1 | 1): Change {
  return (current) =>
    current === undefined || compare(operand, current) * sign > 0 ? clone(operand) : untouched;
}

export function currentDate(operand: Value, path: string): Change {
  const kind = operand instanceof Map && operand.size === 1 ? operand.get('$type') : operand;
  if (typeof kind === 'boolean' || kind === 'date') return (_current, { now }) => now;
  if (kind === 'timestamp') {
    throw new MongoError(
      'NotImplemented',
      `$currentDate with $type timestamp (path '${path}') is not in the subset; use date`,
    );
  }
  throw new MongoError('BadValue', `The value of $currentDate.${path} must be true or { $type: "date" }`);
}
