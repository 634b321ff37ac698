import { type GraphQLOutputType, getNamedType, getNullableType, isCompositeType, isListType } from 'graphql';
import { hashOf } from './fate.js';

/** A value that takes the place of a right one on its way to the gateway. */
export interface WrongValue {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** What a subgraph that does not keep to its schema might send instead of a value of a type. */
export function wrongValues(type: GraphQLOutputType): readonly unknown[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    return [{ length: 1 }, 'text', 7, [null], [[null], null], [...wrongValues(nullable.ofType)]];
  }
  const named = getNamedType(nullable);
  if (isCompositeType(named)) return ['text', 7, [], [{}], { __typename: 'Nobody' }, { __typename: 'Query' }];
  switch (named.name) {
    case 'Int':
      return ['7', 1.5, 2 ** 31, {}, [7], true];
    case 'Float':
      return ['7', {}, [7], false];
    case 'Boolean':
      return ['true', 1, 0, {}, [true]];
    case 'String':
      return [7, true, {}, ['text']];
    case 'ID':
      // A whole number is taken for its text.
      return [7, 1.5, true, {}, ['text']];
    default:
      // Any value is right for a scalar that nobody knows; names of an enum are texts that it has.
      return ['serialize' in named && 'getValues' in named ? 'NOBODY' : 'text', 42, {}, [42]];
  }
}

/** One of the wrong values of a type. Objects keep what they are and get another name, where that is what is wrong. */
export function wrongValue(
  path: WrongValue['path'],
  type: GraphQLOutputType,
  ...seed: readonly unknown[]
): WrongValue {
  const all = wrongValues(type);
  const value = all[hashOf('wrong', ...seed) % all.length];
  return typeof value === 'object' && value !== null && '__typename' in value
    ? { path: [...path, '__typename'], value: value.__typename }
    : { path, value };
}

/** Puts wrong values into an answer, where they still have a place. */
export function spoil(data: unknown, wrong: readonly WrongValue[]): void {
  for (const { path, value } of wrong) {
    const last = path.at(-1);
    const parent = path.slice(0, -1).reduce<unknown>((at, key) => (isBox(at) ? at[key] : undefined), data);
    if (last !== undefined && isBox(parent) && Object.hasOwn(parent, last)) parent[last] = value;
  }
}

const isBox = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;
