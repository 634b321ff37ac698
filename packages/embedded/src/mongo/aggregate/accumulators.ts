import { badValue, MongoError } from '../errors.js';
import { orderKey } from '../bson/order-key.js';
import type { Value } from '../bson/value.js';
import { compileExpression } from './expression.js';
import { merge } from './expressions/objects.js';
import type { Scope } from './scope.js';
import { extreme, Total } from './totals.js';

/** One accumulator of one group. */
interface Accumulator {
  take(value: Value | undefined): void;
  result(): Value;
}

/** The accumulators of the subset. */
const accumulators: Readonly<Record<string, () => Accumulator>> = {
  $sum: () => {
    const total = new Total();
    return { take: (value) => total.take(value), result: () => total.sum() };
  },
  $avg: () => {
    const total = new Total();
    return { take: (value) => total.take(value), result: () => total.average() };
  },
  $count: () => {
    const total = new Total();
    return { take: () => total.take(1), result: () => total.sum() };
  },
  $min: () => folded((best, value) => extreme([best, value], -1)),
  $max: () => folded((best, value) => extreme([best, value], 1)),
  $first: () => {
    let first: { value: Value } | undefined;
    return { take: (value) => void (first ??= { value: value ?? null }), result: () => first?.value ?? null };
  },
  $last: () => folded((_last, value) => value ?? null),
  $mergeObjects: () => folded((merged, value) => merge([merged, value]), new Map()),
  $push: () => {
    const values: Value[] = [];
    return { take: (value) => void (value !== undefined && values.push(value)), result: () => values };
  },
  $addToSet: () => {
    const values = new Map<string, Value>();
    const take = (value: Value | undefined): void => {
      if (value === undefined) return;
      const key = orderKey(value);
      if (!values.has(key)) values.set(key, value);
    };
    return { take, result: () => [...values.values()] };
  },
};

function folded(fold: (so: Value, value: Value | undefined) => Value, start: Value = null): Accumulator {
  let so = start;
  return { take: (value) => void (so = fold(so, value)), result: () => so };
}

/** Makes the accumulator that one field of a `$group` asks for, anew for each group. */
export function compileAccumulator(
  field: string,
  spec: Value,
): () => { take(scope: Scope): void; result(): Value } {
  const [name, operand] = spec instanceof Map && spec.size === 1 ? ([...spec][0] ?? []) : [];
  if (name === undefined || operand === undefined)
    throw badValue(`The field '${field}' must be an accumulator object`);
  const make = Object.hasOwn(accumulators, name) ? accumulators[name] : undefined;
  if (make === undefined) {
    throw new MongoError(
      'InvalidPipelineOperator',
      `unknown group operator '${name}', or one outside the embedded server's subset`,
    );
  }
  if (name === '$count' && !(operand instanceof Map && operand.size === 0))
    throw badValue('$count takes no arguments, i.e. $count: {}');
  if (Array.isArray(operand) && operand.length !== 1)
    throw badValue(`The ${name} accumulator is a unary operator`);
  const expression = compileExpression(Array.isArray(operand) ? (operand[0] ?? null) : operand);
  return () => {
    const accumulator = make();
    return { take: (scope) => accumulator.take(expression(scope)), result: () => accumulator.result() };
  };
}
