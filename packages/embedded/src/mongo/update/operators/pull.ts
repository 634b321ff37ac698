import { badValue, MongoError } from '../../errors.js';
import { equal } from '../../bson/compare.js';
import { orderKey } from '../../bson/order-key.js';
import { typeNameOf } from '../../bson/types.js';
import { isNumeric, magnitude, Regex, type Value } from '../../bson/value.js';
import { compileFilter } from '../../query/match.js';
import { parseFilter } from '../../query/parse.js';
import { isOperators } from '../../query/parse-field.js';
import { untouched, type Change } from '../action.js';

/** `$pull`: elements equal to a value, matching a query (documents), or passing operators. */
export function pull(operand: Value): Change {
  return without('$pull', elementTest(operand));
}

export function pullAll(operand: Value): Change {
  if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument');
  const keys = new Set(operand.map(orderKey));
  return without('$pullAll', (element) => keys.has(orderKey(element)));
}

export function pop(operand: Value): Change {
  const end = isNumeric(operand) ? Number(magnitude(operand)) : 0;
  if (Math.abs(end) !== 1) throw new MongoError('FailedToParse', '$pop expects 1 or -1');
  return (current) => {
    if (current === undefined) return untouched;
    if (!Array.isArray(current)) throw notAnArray('$pop', current);
    if (current.length === 0) return untouched;
    return end === 1 ? current.slice(0, -1) : current.slice(1);
  };
}

function without(operator: string, leaves: (element: Value) => boolean): Change {
  return (current) => {
    if (current === undefined) return untouched;
    if (!Array.isArray(current)) throw notAnArray(operator, current);
    const kept = current.filter((element) => !leaves(element));
    return kept.length === current.length ? untouched : kept;
  };
}

function notAnArray(operator: string, value: Value): MongoError {
  return operator === '$pop'
    ? new MongoError('TypeMismatch', `Path contains element of non-array type '${typeNameOf(value)}'`)
    : badValue(`Cannot apply ${operator} to a non-array value`);
}

function elementTest(operand: Value): (element: Value) => boolean {
  const noExpressions = (): never => {
    throw badValue('$expr is not allowed in $pull');
  };
  if (operand instanceof Map && !isOperators(operand)) {
    const matches = compileFilter(parseFilter(operand, noExpressions));
    return (element) => element instanceof Map && matches(element);
  }
  if (operand instanceof Regex || isOperators(operand)) {
    const matches = compileFilter(parseFilter(new Map([['element', operand]]), noExpressions));
    return (element) => matches(new Map([['element', element]]));
  }
  return (element) => equal(element, operand);
}
