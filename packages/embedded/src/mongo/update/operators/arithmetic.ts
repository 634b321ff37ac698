import { badValue, MongoError } from '../../errors.js';
import { add, LongOverflow, multiply } from '../../bson/arithmetic.js';
import { describe } from '../../bson/describe.js';
import { typeNameOf } from '../../bson/types.js';
import { isNumeric, type Numeric, type Value } from '../../bson/value.js';
import type { Change } from '../action.js';

export function increment(operand: Value, path: string): Change {
  const amount = numericOperand(operand, path, 'increment');
  return arithmetic('$inc', amount, (current) => add(current, amount), amount);
}

export function multiplyBy(operand: Value, path: string): Change {
  const factor = numericOperand(operand, path, 'multiply');
  return arithmetic('$mul', factor, (current) => multiply(current, factor), multiply(0, factor));
}

function numericOperand(operand: Value, path: string, verb: string): Numeric {
  if (isNumeric(operand)) return operand;
  throw new MongoError(
    'TypeMismatch',
    `Cannot ${verb} with non-numeric argument: {${path}: ${describe(operand)}}`,
  );
}

function arithmetic(
  operator: string,
  operand: Numeric,
  calculate: (current: Numeric) => Numeric,
  whenMissing: Numeric,
): Change {
  return (current, { path, id }) => {
    if (current === undefined) return whenMissing;
    if (!isNumeric(current)) {
      throw new MongoError(
        'TypeMismatch',
        `Cannot apply ${operator} to a value of non-numeric type. {_id: ${describe(id)}} has the field ` +
          `'${path.split('.').at(-1) ?? path}' of non-numeric type ${typeNameOf(current)}`,
      );
    }
    try {
      return calculate(current);
    } catch (error) {
      if (!(error instanceof LongOverflow)) throw error;
      throw badValue(
        `Failed to apply ${operator} operations to current value (${describe(current)}) with ${describe(operand)}: overflow`,
      );
    }
  };
}
