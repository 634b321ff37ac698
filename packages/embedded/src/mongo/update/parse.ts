import { badValue, MongoError, refused } from '../errors.js';
import type { Doc, Value } from '../bson/value.js';
import { untouched, type Action, type Change } from './action.js';
import { increment, multiplyBy } from './operators/arithmetic.js';
import { pop, pull, pullAll } from './operators/pull.js';
import { addToSet, push } from './operators/push.js';
import { currentDate, extreme, set, setOnInsert, unset } from './operators/set.js';
import { parseUpdatePath, pathOrder, refuseConflicts } from './update-path.js';

/** The operators of the subset. What is not in this table is refused. */
const operators: Readonly<Record<string, (operand: Value, path: string) => Change>> = {
  $set: set,
  $setOnInsert: setOnInsert,
  $unset: unset,
  $inc: increment,
  $mul: multiplyBy,
  $min: (operand) => extreme(operand, -1),
  $max: (operand) => extreme(operand, 1),
  $currentDate: currentDate,
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
};

const lenient = new Set(['$unset', '$pull', '$pullAll', '$pop']);

/**
 * Reads an update made of operators, in the order in which MongoDB applies it.
 *
 * @throws MongoError for an unknown operator, a bad operand, or two paths that touch the same value
 */
export function parseOperators(update: Doc): Action[] {
  const actions: Action[] = [];
  for (const [operator, operands] of update) {
    const make = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
    if (make === undefined && operator !== '$rename') throw unknownOperator(operator);
    if (!(operands instanceof Map)) {
      throw new MongoError(
        'FailedToParse',
        `Modifiers operate on fields but ${operator} was given something else`,
      );
    }
    for (const [text, operand] of operands) {
      const path = parseUpdatePath(text);
      if (make === undefined) actions.push(parseRename(path, text, operand));
      else actions.push({ path, text, change: make(operand, text), lenient: lenient.has(operator) });
    }
  }
  refuseConflicts(
    actions.flatMap(({ path, renameTo }) => (renameTo === undefined ? [path] : [path, renameTo])),
  );
  return actions.sort((a, b) => pathOrder(a.path, b.path));
}

function parseRename(path: readonly string[], text: string, operand: Value): Action {
  if (typeof operand !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${text}`);
  const renameTo = parseUpdatePath(operand);
  if ([...path, ...renameTo].some((part) => part.startsWith('$'))) {
    throw badValue(`The fields of $rename may not be positional: ${text}`);
  }
  return { path, text, change: () => untouched, lenient: true, renameTo };
}

function unknownOperator(operator: string): MongoError {
  if (operator === '$bit') return refused('update operator $bit');
  if (!operator.startsWith('$')) {
    return new MongoError('FailedToParse', `Unknown modifier: ${operator}. Expected a valid update modifier`);
  }
  return new MongoError(
    'FailedToParse',
    `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );
}
