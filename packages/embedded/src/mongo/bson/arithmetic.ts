import { Double, magnitude, type Numeric } from './value.js';

const minInt = -(2 ** 31);
const maxInt = 2 ** 31 - 1;
const minLong = -(2n ** 63n);
const maxLong = 2n ** 63n - 1n;

/** Thrown when a whole result does not fit 64 bits. */
export class LongOverflow extends Error {}

/**
 * MongoDB's arithmetic: a double makes the result a double; otherwise it is whole and exact, an int32 when both were
 * and it fits, else an int64.
 *
 * @throws LongOverflow
 */
export function add(left: Numeric, right: Numeric): Numeric {
  return calculate(
    left,
    right,
    (a, b) => a + b,
    (a, b) => a + b,
  );
}

/** @throws LongOverflow */
export function subtract(left: Numeric, right: Numeric): Numeric {
  return calculate(
    left,
    right,
    (a, b) => a - b,
    (a, b) => a - b,
  );
}

/** @throws LongOverflow */
export function multiply(left: Numeric, right: Numeric): Numeric {
  return calculate(
    left,
    right,
    (a, b) => a * b,
    (a, b) => a * b,
  );
}

function calculate(
  left: Numeric,
  right: Numeric,
  double: (a: number, b: number) => number,
  whole: (a: bigint, b: bigint) => bigint,
): Numeric {
  if (left instanceof Double || right instanceof Double) {
    return new Double(double(Number(magnitude(left)), Number(magnitude(right))));
  }
  const exact = whole(BigInt(left), BigInt(right));
  return typeof left === 'number' && typeof right === 'number' ? narrowed(exact) : asLong(exact);
}

/** An int32 if it fits, else an int64. */
export function narrowed(value: bigint): number | bigint {
  return value >= minInt && value <= maxInt ? Number(value) : asLong(value);
}

function asLong(value: bigint): bigint {
  if (value < minLong || value > maxLong) throw new LongOverflow();
  return value;
}
