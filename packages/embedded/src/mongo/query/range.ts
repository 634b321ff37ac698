import { compare } from '../bson/compare.js';
import { isNaNValue, tagOf } from '../bson/order-key.js';
import { isNumeric, magnitude, type Value } from '../bson/value.js';

export type RangeOperator = '$gt' | '$gte' | '$lt' | '$lte';

/** Whether `$lt` and the like hold; only values of the operand's own type are in its range. */
export function inRange(value: Value | undefined, operator: RangeOperator, operand: Value): boolean {
  if (isNumeric(operand)) {
    if (!isNumeric(value)) return false;
    if (isNaNValue(operand) || isNaNValue(value)) {
      return isNaNValue(operand) && isNaNValue(value) && (operator === '$gte' || operator === '$lte');
    }
    const left = magnitude(value);
    const right = magnitude(operand);
    if (operator === '$gt') return left > right;
    if (operator === '$gte') return left >= right;
    return operator === '$lt' ? left < right : left <= right;
  }
  const found = value ?? null; // a missing field is null here: {$gte: null} finds it
  if (tagOf(found) !== tagOf(operand)) return false;
  const order = compare(found, operand);
  if (operator === '$gt') return order > 0;
  if (operator === '$gte') return order >= 0;
  return operator === '$lt' ? order < 0 : order <= 0;
}
