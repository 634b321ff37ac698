import { add } from '../bson/arithmetic.js';
import { compare } from '../bson/compare.js';
import { Double, isNumeric, magnitude, type Numeric, type Value } from '../bson/value.js';
import { exact } from './expressions/exact.js';

/**
 * A running sum as MongoDB makes it: whole numbers exactly; doubles with the rounding error carried along, so that the
 * result does not depend on the order.
 */
export class Total {
  count = 0;
  private whole: Numeric = 0;
  private double: number | undefined;
  private lost = 0;

  /** Takes a number; anything else is passed over. */
  take(value: Value | undefined): void {
    if (!isNumeric(value)) return;
    this.count += 1;
    if (value instanceof Double) this.takeDouble(value.value);
    else this.whole = exact('$sum', () => add(this.whole, value));
  }

  sum(): Numeric {
    if (this.double === undefined) return this.whole;
    this.takeDouble(0);
    const rest = Number.isFinite(this.double) ? this.lost : 0;
    return new Double(this.double + (rest + Number(magnitude(this.whole))));
  }

  average(): Value {
    return this.count === 0 ? null : new Double(Number(magnitude(this.sum())) / this.count);
  }

  private takeDouble(value: number): void {
    const before = this.double ?? 0;
    const after = before + value;
    const part = after - before;
    this.lost += before - (after - part) + (value - part);
    this.double = after;
  }
}

/** The least (or greatest) value, passing over null and missing. */
export function extreme(values: readonly (Value | undefined)[], sign: -1 | 1): Value {
  let best: Value = null;
  for (const value of values) {
    if (value === undefined || value === null) continue;
    if (best === null || compare(value, best) * sign > 0) best = value;
  }
  return best;
}
