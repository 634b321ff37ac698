import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Variables } from './amount.js';

/** A whole number that an argument has, or that a variable gives it; undefined where nothing was given. */
export type Given = number | undefined | ((variables: Variables) => number | undefined);

/** Reads an argument of a field, its default in the schema included. */
export function givenNumber(name: string, { node, parent, operation }: FieldPlace): Given {
  const fallback = numberOrNone(argumentOf(parent, node.name.value, name)?.defaultValue);
  const written = node.arguments?.find((candidate) => candidate.name.value === name)?.value;
  if (!written) return fallback;
  if (written.kind !== Kind.VARIABLE) return written.kind === Kind.INT ? Number(written.value) : undefined;
  const variable = written.name.value;
  const defaults = variableDefaults(operation);
  // An absent variable without a default is an absent argument; one that is null is null.
  const absent = defaults.has(variable) ? numberOrNone(defaults.get(variable)) : fallback;
  return (variables) => {
    const given = variables[variable];
    return given === undefined ? absent : numberOrNone(given);
  };
}

const numberOrNone = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Where a field stands. */
export interface FieldPlace {
  readonly node: FieldNode;
  readonly parent: GraphQLNamedType | undefined;
  readonly operation: OperationDefinitionNode;
}

const known = new WeakMap<OperationDefinitionNode, ReadonlyMap<string, unknown>>();

function variableDefaults(operation: OperationDefinitionNode): ReadonlyMap<string, unknown> {
  const before = known.get(operation);
  if (before) return before;
  const defaults = new Map<string, unknown>();
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue) defaults.set(variable.name.value, valueFromASTUntyped(defaultValue));
  }
  known.set(operation, defaults);
  return defaults;
}

export function argumentOf(
  parent: GraphQLNamedType | undefined,
  field: string,
  name: string,
): GraphQLArgument | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  return parent.getFields()[field]?.args.find((argument) => argument.name === name);
}
