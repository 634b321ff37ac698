import { badValue } from '../../errors.js';
import { typeNameOf } from '../../bson/types.js';
import { isNumeric } from '../../bson/value.js';
import { truthy, withVariable, type Expression } from '../scope.js';
import { isNullish, named, onArguments, unary, type Operator, type Operators } from './operator.js';

const cond: Operator = (operand, compile) => {
  const parts = Array.isArray(operand)
    ? operand
    : ['if', 'then', 'else'].map((key) => named('$cond', operand, ['if', 'then', 'else']).get(key) ?? null);
  if (parts.length !== 3)
    throw badValue(`Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`);
  const [when, then, otherwise] = parts.map(compile);
  return (scope) => (truthy(when?.(scope)) ? then?.(scope) : otherwise?.(scope));
};

const switchOperator: Operator = (operand, compile) => {
  const branches = named('$switch', operand, ['branches'], ['default']).get('branches');
  if (!Array.isArray(branches) || branches.length === 0)
    throw badValue('$switch requires at least one branch.');
  const compiled = branches.map((branch) => {
    const parts = named('$switch branch', branch, ['case', 'then']);
    return { when: compile(parts.get('case') ?? null), then: compile(parts.get('then') ?? null) };
  });
  const fallback = operand instanceof Map ? operand.get('default') : undefined;
  const otherwise = fallback === undefined ? undefined : compile(fallback);
  return (scope) => {
    const branch = compiled.find(({ when }) => truthy(when(scope)));
    if (branch !== undefined) return branch.then(scope);
    if (otherwise === undefined)
      throw badValue('$switch could not find a matching branch for an input, and no default was specified.');
    return otherwise(scope);
  };
};

const letOperator: Operator = (operand, compile) => {
  const parts = named('$let', operand, ['vars', 'in']);
  const vars = parts.get('vars');
  if (!(vars instanceof Map)) throw badValue('invalid parameter: expected an object (vars)');
  const variables: (readonly [string, Expression])[] = [...vars].map(([name, value]) => [
    name,
    compile(value),
  ]);
  const body = compile(parts.get('in') ?? null);
  return (scope) =>
    body(
      variables.reduce((inner, [name, expression]) => withVariable(inner, name, expression(scope)), scope),
    );
};

export const conditional: Operators = {
  $cond: cond,
  $switch: switchOperator,
  $let: letOperator,
  $ifNull: onArguments(
    '$ifNull',
    2,
    Infinity,
    (values) => values.find((value) => !isNullish(value)) ?? values.at(-1),
  ),
  $literal: (operand) => () => operand,
  $type: unary('$type', (value) => (value === undefined ? 'missing' : typeNameOf(value))),
  $isNumber: unary('$isNumber', (value) => isNumeric(value)),
  $isArray: unary('$isArray', (value) => Array.isArray(value)),
};
