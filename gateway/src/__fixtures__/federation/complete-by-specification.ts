import {
  execute,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
} from 'graphql';
import type { CheckedOperation } from '../../operation/checked-operation.js';

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Completes what subgraphs answered, joined, with graphql-js: the data, and at which places errors are due. Values are
 * not coerced, as a subgraph has done that: one of another type is an error.
 *
 * @returns undefined if the answer holds an object of which only an interface is known (`@interfaceObject`): GraphQL
 *   itself has no such thing
 */
export function completeBySpecification(
  schema: GraphQLSchema,
  { document, name }: CheckedOperation,
  variables: JsonObject,
  joined: JsonObject,
): ExecutionResult | undefined {
  let isVague = false;
  const checked = (value: unknown, type: GraphQLOutputType): unknown => {
    const nullable = getNullableType(type);
    if (value === null || value === undefined) return null;
    if (isListType(nullable)) {
      return Array.isArray(value)
        ? value.map((item) => checked(item, nullable.ofType))
        : new Error('no list');
    }
    const named = getNamedType(nullable);
    if (isLeafType(named)) return isOfLeaf(named, value) ? value : new Error('another type');
    if (!isObject(value)) return new Error('no object');
    const typename = value['__typename'] ?? named.name;
    if (isInterfaceType(named) && typename === named.name) isVague = true;
    const isKnown = isAbstractType(named)
      ? schema.getPossibleTypes(named).some((possible) => possible.name === typename)
      : typename === named.name;
    return isKnown ? value : new Error(`no ${named.name}`);
  };
  const fieldResolver: GraphQLFieldResolver<JsonObject, unknown> = (
    source,
    _args,
    _context,
    { path, returnType },
  ) => checked(Object.hasOwn(source, path.key) ? source[path.key] : null, returnType);

  const result = execute({
    schema,
    document,
    operationName: name,
    variableValues: variables,
    rootValue: joined,
    fieldResolver,
    typeResolver: (value: JsonObject) => String(value['__typename']),
  });
  if (result instanceof Promise)
    throw new Error('Nothing here waits: a resolver must have become a promise.');
  return isVague ? undefined : result;
}

function isOfLeaf(type: GraphQLNamedType, value: unknown): boolean {
  switch (type.name) {
    case 'Int':
      return typeof value === 'number' && (value | 0) === value;
    case 'Float':
      return typeof value === 'number';
    case 'Boolean':
      return typeof value === 'boolean';
    case 'String':
      return typeof value === 'string';
    case 'ID':
      return typeof value === 'string' || Number.isInteger(value);
    default:
      return !isEnumType(type) || (typeof value === 'string' && type.getValue(value) !== undefined);
  }
}
