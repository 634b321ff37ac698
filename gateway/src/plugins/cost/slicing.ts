import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Variables } from './amount.js';

/** A whole number that an argument has, or that a variable gives it; undefined where nothing was given. */
export type Given = number | undefined | ((variables: Variables) => number | undefined);

/** Reads the argument `path` (`first`, `input.first`) of a field, its default in the schema included. */
export function givenNumber(path: string, { node, parent, operation }: FieldPlace): Given {
  const [name = path, ...inside] = path.split('.');
  const argument = argumentOf(parent, node.name.value, name);
  const written = node.arguments?.find((candidate) => candidate.name.value === name)?.value;
  const fallback = numberIn(argument?.defaultValue, inside);
  if (!written) return fallback;
  return read(written, inside, { fallback, defaults: variableDefaults(operation) });
}

/** Where a field stands. */
export interface FieldPlace {
  readonly node: FieldNode;
  readonly parent: GraphQLNamedType | undefined;
  readonly operation: OperationDefinitionNode;
}

interface Defaults {
  /** What the argument is if its variable is absent and has no default of its own. */
  readonly fallback: number | undefined;
  readonly defaults: ReadonlyMap<string, unknown>;
}

function read(value: ValueNode, path: readonly string[], { fallback, defaults }: Defaults): Given {
  if (value.kind === Kind.VARIABLE) {
    const name = value.name.value;
    const ownDefault = defaults.get(name);
    return (variables) => {
      const given = variables[name];
      if (given !== undefined) return numberIn(given, path);
      return ownDefault === undefined ? fallback : numberIn(ownDefault, path);
    };
  }
  const [step, ...rest] = path;
  if (step === undefined) return value.kind === Kind.INT ? Number(value.value) : undefined;
  if (value.kind !== Kind.OBJECT) return undefined;
  const field = value.fields.find(({ name }) => name.value === step);
  return field ? read(field.value, rest, { fallback: undefined, defaults }) : undefined;
}

function numberIn(value: unknown, path: readonly string[]): number | undefined {
  let inner = value;
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    inner = (inner as Record<string, unknown>)[step];
  }
  return typeof inner === 'number' ? inner : undefined;
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
