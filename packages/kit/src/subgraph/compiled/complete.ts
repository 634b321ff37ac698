import { inspect } from 'node:util';
import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type Complete, type CompiledField, eventually, failedAs } from './field.js';
import type { CompleteObject } from './object.js';
import { type Eventual, isThenable, type Place, type Run } from './run.js';

/** What completing the values of one field needs to know. */
export interface CompleteScope {
  readonly schema: GraphQLSchema;
  /** The field itself: it exists by the time values are completed. */
  readonly field: () => CompiledField;
  /** How an object of a type is completed in this field. */
  readonly objectOf: (type: GraphQLObjectType) => CompleteObject;
}

/** Value completion as graphql-js does it, with the type's questions asked beforehand. */
export function compileComplete(type: GraphQLOutputType, scope: CompleteScope): Complete {
  if (isNonNullType(type)) {
    const complete = compileNullable(type.ofType, scope);
    return (run, info, place, value) => {
      const completed = complete(run, info, place, value);
      if (completed !== null) return completed;
      throw new Error(`Cannot return null for non-nullable field ${info.parentType.name}.${info.fieldName}.`);
    };
  }
  return compileNullable(type, scope);
}

function compileNullable(type: GraphQLOutputType, scope: CompleteScope): Complete {
  const complete = compileValue(type, scope);
  return (run, info, place, value) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return complete(run, info, place, value);
  };
}

function compileValue(type: GraphQLOutputType, scope: CompleteScope): Complete {
  if (isListType(type)) return compileList(type.ofType, scope);
  if (isLeafType(type)) return (_run, _info, _place, value) => completeLeaf(type, value);
  if (isObjectType(type)) {
    const complete = scope.objectOf(type);
    return (run, info, place, value) => completeObject(run, info, place, value, { type, complete });
  }
  // What is left of output types; isNonNullType was answered above.
  return compileAbstract(type, scope);
}

function completeLeaf(type: GraphQLLeafType, value: unknown): unknown {
  const serialized: unknown = type.serialize(value);
  if (serialized !== null && serialized !== undefined) return serialized;
  throw new Error(
    `Expected \`${String(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(serialized)}`,
  );
}

function compileList(itemType: GraphQLOutputType, scope: CompleteScope): Complete {
  const complete = compileComplete(itemType, scope);
  const isNonNull = isNonNullType(itemType);
  return (run, info, place, value) => {
    if (!isIterable(value)) {
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${info.parentType.name}.${info.fieldName}".`,
      );
    }
    const completeItem: CompleteItem = (item, itemPlace) => complete(run, info, itemPlace, item);
    const failedItem: FailedItem = (error, itemPlace) =>
      failedAs(run, scope.field(), itemPlace, error, isNonNull);
    return completeItems(place, value, completeItem, failedItem);
  };
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  typeof value[Symbol.iterator] === 'function';

/** @throws what is wrong with the item */
export type CompleteItem = (item: unknown, place: Place, index: number) => Eventual<unknown>;
/** @throws the error, for an item that may not be null */
export type FailedItem = (error: unknown, place: Place) => null;

/** Completes the items of a list that stands at a place. */
export function completeItems(
  place: Place,
  items: Iterable<unknown>,
  complete: CompleteItem,
  failed: FailedItem,
): Eventual<unknown[]> {
  const completed: unknown[] = [];
  let isPending = false;
  let index = 0;
  for (const item of items) {
    const at = index;
    const itemPlace: Place = { prev: place, key: at, typename: undefined };
    const fail = (error: unknown): null => failed(error, itemPlace);
    let made: unknown;
    try {
      made = eventually(item, (resolved) => complete(resolved, itemPlace, at), fail);
    } catch (error) {
      made = failedBeside(completed, error, fail);
    }
    if (made instanceof Promise) isPending = true;
    completed.push(made);
    index += 1;
  }
  return isPending ? Promise.all(completed) : completed;
}

/** A list that fails as a whole leaves promises of its other items behind: nobody else will look at them. */
function failedBeside(others: readonly unknown[], error: unknown, fail: (error: unknown) => null): null {
  try {
    return fail(error);
  } catch (located) {
    void Promise.allSettled(others);
    throw located;
  }
}

function compileAbstract(type: GraphQLAbstractType, scope: CompleteScope): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const made = new Map<GraphQLObjectType, CompleteObject>();
  const finish = (
    run: Run,
    info: GraphQLResolveInfo,
    place: Place,
    value: unknown,
    typename: unknown,
  ): unknown => {
    const runtime = runtimeType(scope.schema, type, info, value, typename);
    const complete = made.get(runtime) ?? scope.objectOf(runtime);
    made.set(runtime, complete);
    return completeObject(run, info, place, value, { type: runtime, complete });
  };
  return (run, info, place, value) => {
    const typename: unknown = resolveType(value, run.contextValue, info, type);
    if (!isThenable(typename)) return finish(run, info, place, value, typename);
    return Promise.resolve(typename).then((resolved) => finish(run, info, place, value, resolved));
  };
}

/** @throws GraphQLError in graphql-js' words if it is no type that may stand here */
function runtimeType(
  schema: GraphQLSchema,
  type: GraphQLAbstractType,
  { parentType, fieldName, fieldNodes }: GraphQLResolveInfo,
  value: unknown,
  typename: unknown,
): GraphQLObjectType {
  if (typename === null || typename === undefined) {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${fieldName}". Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes: fieldNodes },
    );
  }
  if (isObjectType(typename)) {
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  }
  if (typeof typename !== 'string') {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${fieldName}" with value ${inspect(value)}, received "${inspect(typename)}".`,
    );
  }
  const found = schema.getType(typename);
  if (!found) {
    throw new GraphQLError(
      `Abstract type "${type.name}" was resolved to a type "${typename}" that does not exist inside the schema.`,
      { nodes: fieldNodes },
    );
  }
  if (!isObjectType(found)) {
    throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${typename}".`, {
      nodes: fieldNodes,
    });
  }
  if (!schema.isSubType(type, found)) {
    throw new GraphQLError(`Runtime Object type "${found.name}" is not a possible type for "${type.name}".`, {
      nodes: fieldNodes,
    });
  }
  return found;
}

/** Completes an object, once the type has no objection to it. */
export function completeObject(
  run: Run,
  info: GraphQLResolveInfo,
  place: Place,
  value: unknown,
  { type, complete }: { readonly type: GraphQLObjectType; readonly complete: CompleteObject },
): unknown {
  if (!type.isTypeOf) return complete(run, value, place);
  const refuse = (): never => {
    throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, {
      nodes: info.fieldNodes,
    });
  };
  const isOfType = type.isTypeOf(value, run.contextValue, info);
  if (isThenable(isOfType)) {
    return Promise.resolve(isOfType).then((is) => (is ? complete(run, value, place) : refuse()));
  }
  return isOfType ? complete(run, value, place) : refuse();
}
