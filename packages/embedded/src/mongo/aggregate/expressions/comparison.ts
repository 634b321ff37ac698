import { orderKey } from '../../bson/order-key.js';
import { compare } from '../../bson/compare.js';
import type { Value } from '../../bson/value.js';
import { truthy } from '../scope.js';
import { binary, onArguments, unary, type Operators } from './operator.js';

/** The order of two values, where a missing one comes before null. */
export function order(left: Value | undefined, right: Value | undefined): number {
  if (left === undefined || right === undefined)
    return Number(left !== undefined) - Number(right !== undefined);
  return compare(left, right);
}

export const comparison: Operators = {
  $eq: binary('$eq', (a, b) => order(a, b) === 0),
  $ne: binary('$ne', (a, b) => order(a, b) !== 0),
  $gt: binary('$gt', (a, b) => order(a, b) > 0),
  $gte: binary('$gte', (a, b) => order(a, b) >= 0),
  $lt: binary('$lt', (a, b) => order(a, b) < 0),
  $lte: binary('$lte', (a, b) => order(a, b) <= 0),
  $cmp: binary('$cmp', (a, b) => Math.sign(order(a, b))),
  $and: onArguments('$and', 0, Infinity, (values) => values.every(truthy)),
  $or: onArguments('$or', 0, Infinity, (values) => values.some(truthy)),
  $not: unary('$not', (value) => !truthy(value)),
};

/** Whether an array holds a value. */
export function holds(array: readonly Value[], value: Value | undefined): boolean {
  if (value === undefined) return false;
  const key = orderKey(value);
  return array.some((element) => orderKey(element) === key);
}
