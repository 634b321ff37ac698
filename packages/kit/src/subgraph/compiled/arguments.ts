import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  getArgumentValues,
  getNamedType,
  isEnumType,
  isSpecifiedScalarType,
  Kind,
  type ValueNode,
} from 'graphql';
import type { Run } from './run.js';

/** The arguments a resolver gets: an object of its own each time. */
export type ArgumentsOf = (run: Run) => Record<string, unknown>;

/**
 * Prepares the arguments of a field. As long as they hold no objects that are made anew from the document, they are
 * worked out once a run, or once for all.
 *
 * @param number of the field in its operation
 */
export function compileArguments(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  number: number,
): ArgumentsOf {
  if (field.args.length === 0) return () => ({});
  const work = (run: Run): Record<string, unknown> => getArgumentValues(field, node, run.variableValues);
  const given = node.arguments ?? [];
  const isFlat = given.every(({ name, value }) => {
    const definition = field.args.find((argument) => argument.name === name.value);
    return definition !== undefined && isFlatValue(value, definition.type);
  });
  if (!isFlat) return work;
  return (run) => ({ ...(run.knownArguments[number] ??= work(run)) });
}

/** A variable is the same object wherever it is used, as it is in graphql-js; a literal object is not. */
function isFlatValue({ kind }: ValueNode, type: GraphQLInputType): boolean {
  if (kind === Kind.VARIABLE) return true;
  if (kind === Kind.OBJECT || kind === Kind.LIST) return false;
  const named = getNamedType(type);
  return isEnumType(named) || isSpecifiedScalarType(named);
}
