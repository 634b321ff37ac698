import { badValue, MongoError } from '../../errors.js';
import { typeNameOf } from '../../bson/types.js';
import type { Doc, Value } from '../../bson/value.js';
import type { Expression } from '../scope.js';

/** Makes an expression from an operator's operand; `compile` is for the expressions inside it. */
export type Operator = (operand: Value, compile: (value: Value) => Expression) => Expression;
export type Operators = Readonly<Record<string, Operator>>;

/** An operator on `least` to `most` arguments; a single one need not be in an array. */
export function onArguments(
  name: string,
  least: number,
  most: number,
  calculate: (values: (Value | undefined)[]) => Value | undefined,
): Operator {
  return (operand, compile) => {
    const given = Array.isArray(operand) ? operand : [operand];
    if (given.length < least || given.length > most) {
      const wanted = least === most ? `exactly ${least}` : `at least ${least}`;
      throw badValue(`Expression ${name} takes ${wanted} arguments. ${given.length} were passed in.`);
    }
    const expressions = given.map(compile);
    return (scope) => calculate(expressions.map((expression) => expression(scope)));
  };
}

export function unary(name: string, calculate: (value: Value | undefined) => Value | undefined): Operator {
  return onArguments(name, 1, 1, ([value]) => calculate(value));
}

export function binary(
  name: string,
  calculate: (left: Value | undefined, right: Value | undefined) => Value | undefined,
): Operator {
  return onArguments(name, 2, 2, ([left, right]) => calculate(left, right));
}

/** The named arguments of an operator that takes a document. */
export function named(
  name: string,
  operand: Value,
  required: readonly string[],
  optional: readonly string[] = [],
): Doc {
  if (!(operand instanceof Map)) throw badValue(`${name} takes an object with ${required.join(', ')}`);
  for (const key of operand.keys()) {
    if (!required.includes(key) && !optional.includes(key)) {
      throw badValue(`Unrecognized argument to ${name}: ${key}, or one outside the embedded server's subset`);
    }
  }
  for (const key of required) if (!operand.has(key)) throw badValue(`Missing '${key}' parameter to ${name}`);
  return operand;
}

export function isNullish(value: Value | undefined): value is null | undefined {
  return value === null || value === undefined;
}

export function wrongType(name: string, wanted: string, value: Value | undefined): MongoError {
  return new MongoError(
    'TypeMismatch',
    `${name} only supports ${wanted}, not ${value === undefined ? 'missing' : typeNameOf(value)}`,
  );
}
