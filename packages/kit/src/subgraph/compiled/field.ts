import {
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  isNonNullType,
  locatedError,
  responsePathAsArray,
} from 'graphql';
import type { ArgumentsOf } from './arguments.js';
import { type Eventual, isThenable, type Place, type Run } from './run.js';

/** Makes of a resolver's value what the answer holds. @throws what is wrong with it */
export type Complete = (run: Run, info: GraphQLResolveInfo, place: Place, value: unknown) => unknown;

/** One key of an answer. */
export interface CompiledField {
  readonly key: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly parent: GraphQLObjectType;
  /** All that the operation asks under this key. */
  readonly nodes: readonly FieldNode[];
  readonly argumentsOf: ArgumentsOf;
  readonly resolve: GraphQLFieldResolver<unknown, unknown>;
  readonly complete: Complete;
  /** Another way to run the field than {@link runField}. */
  readonly run?: RunField;
}

/**
 * Runs a field of an object.
 * @returns null where it failed
 * @throws GraphQLError where it failed and may not be null (a promise rejects)
 */
export type RunField = (
  run: Run,
  field: CompiledField,
  source: unknown,
  parent: Place | undefined,
) => Eventual<unknown>;

/** The usual way: resolver, then completion. */
export const runField: RunField = (run, field, source, parent) => {
  const place = placeOf(field, parent);
  try {
    const info = infoOf(run, field, place);
    const value = field.resolve(source, field.argumentsOf(run), run.contextValue, info);
    return completeField(run, field, info, place, value);
  } catch (error) {
    return failed(run, field, place, error);
  }
};

/** Stands for a value whose getter threw. */
export class Thrown {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}

/** The same for a field without resolver and arguments whose value has been read from its object already. */
export function runReadField(
  run: Run,
  field: CompiledField,
  source: Readonly<Record<string, unknown>>,
  parent: Place | undefined,
  read: unknown,
): Eventual<unknown> {
  const place = placeOf(field, parent);
  try {
    if (read instanceof Thrown) throw read.error;
    const info = infoOf(run, field, place);
    const value: unknown =
      typeof read === 'function' ? Reflect.apply(read, source, [{}, run.contextValue, info]) : read;
    return completeField(run, field, info, place, value);
  } catch (error) {
    return failed(run, field, place, error);
  }
}

/** Completes what a resolver gave, now or later. @throws what is wrong with it, if it is there now */
function completeField(
  run: Run,
  field: CompiledField,
  info: GraphQLResolveInfo,
  place: Place,
  value: unknown,
): Eventual<unknown> {
  return eventually(
    value,
    (resolved) => field.complete(run, info, place, resolved),
    (error) => failed(run, field, place, error),
  );
}

/**
 * Completes a value that is there or is promised. `fail` hears of what goes wrong later.
 * @throws what goes wrong at once
 */
export function eventually(
  value: unknown,
  complete: (value: unknown) => Eventual<unknown>,
  fail: (error: unknown) => null,
): Eventual<unknown> {
  const completeNow = (resolved: unknown): Eventual<unknown> => {
    const completed = complete(resolved);
    return completed instanceof Promise ? completed.catch(fail) : completed;
  };
  if (!isThenable(value)) return completeNow(value);
  return Promise.resolve(value).then((resolved) => {
    try {
      return completeNow(resolved);
    } catch (error) {
      return fail(error);
    }
  }, fail);
}

export const placeOf = ({ key, parent: { name } }: CompiledField, prev: Place | undefined): Place => ({
  prev,
  key,
  typename: name,
});

/** What graphql-js tells a resolver. */
export const infoOf = (
  { schema, fragments, rootValue, operation, variableValues }: Run,
  { definition, nodes, parent }: CompiledField,
  path: Place,
): GraphQLResolveInfo => ({
  fieldName: definition.name,
  fieldNodes: nodes,
  returnType: definition.type,
  parentType: parent,
  path,
  schema,
  fragments,
  rootValue,
  operation,
  variableValues,
});

/** @returns null, with the error told. @throws GraphQLError for a field that may not be null */
export function failed(run: Run, field: CompiledField, place: Place, cause: unknown): null {
  return failedAs(run, field, place, cause, isNonNullType(field.definition.type));
}

/** {@link failed} for a field or one of its items. */
export function failedAs(
  run: Run,
  { nodes }: CompiledField,
  place: Place,
  cause: unknown,
  isNonNull: boolean,
): null {
  const error = locatedError(cause, nodes, responsePathAsArray(place));
  if (isNonNull) throw error;
  run.errors.add(error, place);
  return null;
}
