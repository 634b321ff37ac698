import {
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isObjectType,
} from 'graphql';
import { hashOf } from './fate.js';

export type Source = Readonly<Record<string, unknown>>;

const IDS = ['1', '2', '3', '4'];

/**
 * A value that depends on nothing but its type and its seed. Objects are known by their `id` alone, also those whose
 * type has no such field.
 *
 * @param shortest length of a list that has no reason to be longer
 * @example makeUp(GraphQLString, ['1', 'name']) // '1.name'
 */
export function makeUp(type: GraphQLOutputType, seed: readonly unknown[], shortest = 0): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const length = hashOf('length', ...seed) % 4 || shortest;
    return Array.from({ length }, (_, index) => makeUp(inner.ofType, [...seed, index], shortest));
  }
  const named = getNamedType(inner);
  if (isEnumType(named)) {
    const names = named.getValues().map(({ name }) => name);
    return pick(names.sort(), hashOf(...seed));
  }
  switch (named.name) {
    case 'Int':
      return hashOf(...seed) % 1000;
    case 'Float':
      return (hashOf(...seed) % 1000) / 4;
    case 'Boolean':
      return hashOf(...seed) % 2 === 0;
    case 'ID':
      return pick(IDS, hashOf(...seed));
    case 'String':
      return seed.join('.');
    default:
      return isObjectType(named) || isAbstractType(named)
        ? { id: pick(IDS, hashOf('id', ...seed)) }
        : { made: seed.join('.') };
  }
}

/** What an object of an interface or a union is: decided by its id, among the types that a subgraph knows. */
export const typeOf = (id: string, possible: readonly { readonly name: string }[]): string =>
  pick(possible.map(({ name }) => name).sort(), hashOf('type', id));

/** How a field stands in the values made for it. */
export const callOf = (field: string, args: Source): string =>
  `${field}${Object.keys(args).length > 0 ? JSON.stringify(args) : ''}`;

/** What tells one object from another: its id, or whatever key it came with. */
export function idOf(source: Source): string {
  const { __typename: _type, id, ...others } = source;
  return typeof id === 'string' ? id : Object.keys(others).length > 0 ? JSON.stringify(others) : '';
}

const pick = <Item>(items: readonly Item[], number: number): Item => {
  const item = items[number % items.length];
  if (item === undefined) throw new Error('there must be something to pick from');
  return item;
};
