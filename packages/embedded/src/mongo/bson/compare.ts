import { isNaNValue, orderKey, tagOf } from './order-key.js';
import { isNumeric, magnitude, type Value } from './value.js';

/** Whether two values are equal as MongoDB sees it: across numeric types, and deeply with the order of fields. */
export function equal(left: Value, right: Value): boolean {
  if (typeof left === 'string' || typeof right === 'string') return left === right;
  if (isNumeric(left) && isNumeric(right)) {
    const a = magnitude(left);
    const b = magnitude(right);
    // number and bigint are compared exactly by the relational operators, and never equal by ===
    return (a >= b && a <= b) || (isNaNValue(left) && isNaNValue(right));
  }
  return tagOf(left) === tagOf(right) && orderKey(left) === orderKey(right);
}

/** Negative, zero or positive: the order of two values across all types. */
export function compare(left: Value, right: Value): number {
  if (isNumeric(left) && isNumeric(right)) {
    const a = magnitude(left);
    const b = magnitude(right);
    if (a < b) return -1;
    if (a > b) return 1;
    if (a >= b) return 0; // neither is less, and neither is NaN
  }
  const a = orderKey(left);
  const b = orderKey(right);
  return a < b ? -1 : a > b ? 1 : 0;
}
