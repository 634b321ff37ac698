import { refused } from '../../errors.js';
import { LongOverflow } from '../../bson/arithmetic.js';
import type { Numeric } from '../../bson/value.js';

/** A whole result beyond 64 bits is where servers differ; it is refused. */
export function exact(name: string, calculate: () => Numeric): Numeric {
  try {
    return calculate();
  } catch (error) {
    if (error instanceof LongOverflow) throw refused(`${name} with a result beyond 64 bits`);
    throw error;
  }
}
