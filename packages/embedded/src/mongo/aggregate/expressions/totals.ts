import type { Value } from '../../bson/value.js';
import { extreme, Total } from '../totals.js';
import { onArguments, type Operator, type Operators } from './operator.js';

/** `$sum` and its like outside `$group`: over the arguments, or over the array that a single one is. */
const over = (name: string, calculate: (values: readonly (Value | undefined)[]) => Value): Operator =>
  onArguments(name, 0, Infinity, (values) => {
    const [only] = values;
    return calculate(values.length === 1 && Array.isArray(only) ? only : values);
  });

function total(values: readonly (Value | undefined)[]): Total {
  const result = new Total();
  for (const value of values) result.take(value);
  return result;
}

export const totals: Operators = {
  $sum: over('$sum', (values) => total(values).sum()),
  $avg: over('$avg', (values) => total(values).average()),
  $min: over('$min', (values) => extreme(values, -1)),
  $max: over('$max', (values) => extreme(values, 1)),
};
