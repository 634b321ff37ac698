import { AppError } from '@souk/kit/errors';
import { Kind, valueFromASTUntyped, visit } from 'graphql';
import type { CheckedOperation } from '../../operation/checked-operation.js';

/** The variables on which @skip and @include of an operation depend: its shape and plan differ with their values. */
export interface Conditions {
  /**
   * Their values in a form that can be part of a cache key; empty if there are none.
   *
   * @throws AppError BAD_USER_INPUT if one is null: a variable with a default value may be, but a condition may not
   */
  keyFor(variables: Readonly<Record<string, unknown>>): string;
  valueIn(variables: Readonly<Record<string, unknown>>, name: string): boolean;
}

/** Finds the conditions of an operation. */
export function conditionsOf(operation: CheckedOperation): Conditions {
  // The answer has the shape of what was asked.
  const { document, definition } = operation.restriction?.asked ?? operation;
  const defaults = new Map<string, unknown>();
  for (const { variable, defaultValue } of definition.variableDefinitions ?? []) {
    if (defaultValue) defaults.set(variable.name.value, valueFromASTUntyped(defaultValue));
  }
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  const sorted = [...names].sort();
  const valueIn: Conditions['valueIn'] = (variables, name) => {
    const value = variables[name];
    if (value === null) throw withoutDecision(name);
    return (value === undefined ? defaults.get(name) : value) === true;
  };
  return {
    keyFor: (variables) => {
      let key = '';
      for (const name of sorted) key += valueIn(variables, name) ? '1' : '0';
      return key;
    },
    valueIn,
  };
}

const withoutDecision = (name: string): AppError =>
  new AppError(
    'BAD_USER_INPUT',
    `The variable "$${name}" is null, but decides about a @skip or @include. Send true or false, or leave it out.`,
  );
