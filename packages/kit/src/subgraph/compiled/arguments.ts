import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  getNamedType,
  isEnumType,
  isNonNullType,
  isSpecifiedScalarType,
  Kind,
  valueFromAST,
  type ValueNode,
} from 'graphql';
import type { Run } from './run.js';

/** The arguments a resolver gets: an object of its own each time. */
export type ArgumentsOf = (run: Run) => Record<string, unknown>;

/** Where the value of an argument comes from. */
type Origin =
  | { readonly name: string; readonly variable: string; readonly isNonNull: boolean }
  | { readonly name: string; readonly variable?: never; readonly value: unknown };

/**
 * Prepares the arguments of a field. Variables and plain literals are taken as they are; graphql-js does the rest:
 * objects and lists, which are made anew each time, variables that are not given, and whatever is wrong.
 */
export function compileArguments(field: GraphQLField<unknown, unknown>, node: FieldNode): ArgumentsOf {
  if (field.args.length === 0) return () => ({});
  const work: ArgumentsOf = (run) => getArgumentValues(field, node, run.variableValues);
  const origins: Origin[] = [];
  for (const definition of field.args) {
    const given = node.arguments?.find(({ name }) => name.value === definition.name)?.value;
    const origin = originOf(definition, given);
    if (origin === 'unsure') return work;
    if (origin) origins.push(origin);
  }
  return (run) => {
    const values: Record<string, unknown> = {};
    for (const origin of origins) {
      if (origin.variable === undefined) {
        values[origin.name] = origin.value;
        continue;
      }
      const { variableValues } = run;
      if (!Object.hasOwn(variableValues, origin.variable)) return work(run);
      const value = variableValues[origin.variable];
      if (value === null && origin.isNonNull) return work(run);
      values[origin.name] = value;
    }
    return values;
  };
}

/** Undefined for an argument that is not there. */
function originOf(
  { name, type, defaultValue }: GraphQLArgument,
  given: ValueNode | undefined,
): Origin | 'unsure' | undefined {
  if (!given) return defaultValue === undefined ? undefined : { name, value: defaultValue };
  if (given.kind === Kind.VARIABLE) {
    return { name, variable: given.name.value, isNonNull: isNonNullType(type) };
  }
  const named = getNamedType(type);
  const isPlain = given.kind !== Kind.OBJECT && given.kind !== Kind.LIST;
  if (!isPlain || !(isEnumType(named) || isSpecifiedScalarType(named))) return 'unsure';
  const value = valueFromAST(given, type);
  // A single value where a list is due becomes one: a new one each time.
  return value === undefined || Array.isArray(value) ? 'unsure' : { name, value };
}
