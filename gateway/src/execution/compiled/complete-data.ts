import {
  GraphQLError,
  getNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
} from 'graphql';
import { own, setOwn } from './generate.js';
import { isObject, type JsonObject } from './json.js';
import { isLeafValue, leafValue } from './leaf.js';
import type { FieldShape, ObjectShape } from './shape.js';
import { isOfType } from './type-match.js';

/** Data that is as the schema says, and what had to be left out for that. */
export interface Completed {
  readonly data: JsonObject | null;
  readonly errors: readonly GraphQLError[];
}

/** Answers `__schema` and `__type`. */
export type Introspect = (field: Extract<FieldShape, { kind: 'introspection' }>) => unknown;

/** Instead of a value that may not be null but is: the parent has to be null then. */
const BROKEN = Symbol('broken');

/**
 * Projects data with care: what is not of its type becomes null with an error, and a null that may not be takes its
 * parent along, as the GraphQL specification says.
 */
export function completeData(
  schema: GraphQLSchema,
  data: JsonObject,
  root: ObjectShape,
  introspect: Introspect,
): Completed {
  const errors: GraphQLError[] = [];
  const path: (string | number)[] = [];
  const fail = (message: string): null => {
    errors.push(
      new GraphQLError(message, { path: [...path], extensions: { code: 'INTERNAL', retryable: false } }),
    );
    return null;
  };

  /** Undefined means null, and that the reason was told already. */
  const completeValue = (
    value: unknown,
    type: GraphQLOutputType,
    field: Extract<FieldShape, { kind: 'leaf' | 'object' }>,
    place: string,
  ): unknown => {
    if (isNonNullType(type)) {
      const completed = completeValue(value, type.ofType, field, place);
      if (completed === null) fail(`Cannot return null for non-nullable ${place}.`);
      return completed ?? BROKEN;
    }
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return fail(`Expected a list for ${place}.`) ?? undefined;
      let isBroken = false;
      const list = value.map((item, index) => {
        path.push(index);
        const completed = completeValue(
          item,
          type.ofType,
          field,
          `array element of type ${String(type.ofType)} at index ${index}`,
        );
        path.pop();
        if (completed === BROKEN) isBroken = true;
        return completed ?? null;
      });
      return isBroken ? undefined : list;
    }
    if (field.kind === 'leaf') {
      const named = getNamedType(type);
      return isLeafValue(named, value)
        ? leafValue(named, value)
        : (fail(`Invalid value found for ${place}.`) ?? undefined);
    }
    if (!isObject(value)) return fail(`Expected an object for ${place}.`) ?? undefined;
    return completeObject(value, field.object, place);
  };

  const completeObject = (value: JsonObject, shape: ObjectShape, place: string): JsonObject | undefined => {
    const told = own(value, '__typename');
    const typename = told === undefined || told === null ? shape.declared.name : told;
    const fields =
      typeof typename === 'string' && isOfType(schema, typename, shape.declared.name)
        ? shape.fieldsOf(typename)
        : undefined;
    if (!fields || typeof typename !== 'string') {
      return fail(`Invalid __typename found for object at ${place}.`) ?? undefined;
    }
    const completed: JsonObject = {};
    for (const field of fields) {
      path.push(field.key);
      const part = completeField(value, typename, field);
      path.pop();
      if (part === BROKEN) return undefined;
      setOwn(completed, field.key, part ?? null);
    }
    return completed;
  };

  const completeField = (value: JsonObject, typename: string, field: FieldShape): unknown => {
    if (field.kind === 'introspection') return introspect(field);
    if (field.kind === 'typename') {
      if (field.typename !== undefined) return field.typename;
      fail(`No subgraph told the type of this ${typename}.`);
      return BROKEN;
    }
    // The reason is told with the restriction.
    if (field.isDenied) return isNonNullType(field.type) ? BROKEN : null;
    return completeValue(own(value, field.key), field.type, field, `field ${typename}.${field.name}`);
  };

  const completed = completeObject(data, root, 'the root');
  return { data: completed ?? null, errors };
}
