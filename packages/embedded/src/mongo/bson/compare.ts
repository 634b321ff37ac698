import { orderKey, tagOf } from './order-key.js';
import { Double, isNumeric, magnitude, type Value } from './value.js';

/** Whether two values are equal as MongoDB sees it: across numeric types, and deeply with the order of fields. */
export function equal(left: Value, right: Value): boolean {
  if (typeof left === 'string' || typeof right === 'string') return left === right;
  if (isNumeric(left) && isNumeric(right)) {
    const a = magnitude(left);
    const b = magnitude(right);
    // eslint-disable-next-line eqeqeq -- number and bigint are compared exactly by ==, never by ===
    return (
      a == b || (left instanceof Double && right instanceof Double && Number.isNaN(a) && Number.isNaN(b))
    );
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
    // eslint-disable-next-line eqeqeq -- as above
    if (a == b) return 0;
  }
  const a = orderKey(left);
  const b = orderKey(right);
  return a < b ? -1 : a > b ? 1 : 0;
}
