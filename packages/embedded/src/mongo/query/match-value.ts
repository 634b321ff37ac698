import { equal } from '../bson/compare.js';
import { orderKey } from '../bson/order-key.js';
import { typeNameOf } from '../bson/types.js';
import { Double, isNumeric, type Value } from '../bson/value.js';
import type { ValueCondition } from './filter.js';
import { inRange } from './range.js';

/** A test on one value a path led to; the walk over arrays has already happened. */
export type ValueTest = (value: Value | undefined) => boolean;

export function compileValueTest(test: ValueCondition): ValueTest {
  switch (test.kind) {
    case 'equals': {
      const { value } = test;
      if (value === null) return (found) => found === undefined || found === null;
      return (found) => found !== undefined && equal(found, value);
    }
    case 'range':
      return (found) => inRange(found, test.operator, test.value);
    case 'in':
      return compileIn(test.values, test.patterns);
    case 'pattern':
      return matchesPattern(test.pattern);
    case 'exists':
      return (found) => found !== undefined;
    case 'type':
      return (found) => found !== undefined && test.types.has(typeNameOf(found));
    case 'mod':
      return (found) => isNumeric(found) && remainderIs(found, test.divisor, test.remainder);
  }
}

function compileIn(values: readonly Value[], patterns: readonly RegExp[]): ValueTest {
  const keys = new Set(values.map(orderKey));
  const withNull = values.includes(null);
  const tests = patterns.map(matchesPattern);
  return (found) => {
    if (found === undefined) return withNull;
    return keys.has(orderKey(found)) || tests.some((test) => test(found));
  };
}

function matchesPattern(pattern: RegExp): ValueTest {
  return (found) => typeof found === 'string' && pattern.test(found);
}

function remainderIs(value: number | bigint | Double, divisor: bigint, remainder: bigint): boolean {
  if (value instanceof Double) {
    if (!Number.isFinite(value.value) || Math.abs(value.value) >= 2 ** 63) return false;
    return BigInt(Math.trunc(value.value)) % divisor === remainder;
  }
  return BigInt(value) % divisor === remainder;
}
