import { buildSubgraphSchema } from '@apollo/subgraph';
import { AppError } from '@souk/kit/errors';
import {
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isObjectType,
  parse,
  print,
} from 'graphql';
import { pathToArray } from 'graphql/jsutils/Path.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import { fateOf, hashOf, isDown, isMissing, type World } from './fate.js';
import { spoil, type WrongValue, wrongValue } from './wrong-values.js';

type Source = Readonly<Record<string, unknown>>;

const IDS = ['1', '2', '3', '4'];

/**
 * A subgraph of which only the schema is written: every value is made up from the type, the entity's `id`, the field
 * and its arguments, so that subgraphs agree about what they share and a wrong question gets a visibly wrong answer.
 * What a representation brings along is believed.
 */
export function madeUpSubgraph(name: string, sdl: string, worldOf: () => World): SubgraphTransport {
  const schema = buildSubgraphSchema(parse(sdl));
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('_')) {
      Object.assign(type, {
        resolveReference: (reference: Source) =>
          isMissing(worldOf(), name, type.name, idOf(reference)) ? null : reference,
      });
    }
    if (isAbstractType(type)) {
      type.resolveType = (value: Source) =>
        typeof value['__typename'] === 'string' && value['__typename'] !== type.name
          ? value['__typename']
          : pick(
              schema
                .getPossibleTypes(type)
                .map((possible) => possible.name)
                .sort(),
              hashOf('type', idOf(value)),
            );
    }
  }

  const makeUp = (type: GraphQLOutputType, seed: readonly unknown[]): unknown => {
    const inner = getNullableType(type);
    if (isListType(inner)) {
      const length = hashOf('length', ...seed) % 4 || (worldOf().trouble > 0 ? 0 : 2);
      return Array.from({ length }, (_, index) => makeUp(inner.ofType, [...seed, index]));
    }
    const named = getNamedType(inner);
    if (isEnumType(named))
      return pick(
        named
          .getValues()
          .map(({ name: value }) => value)
          .sort(),
        hashOf(...seed),
      );
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
  };

  const resolve: GraphQLFieldResolver<Source, WrongValue[]> = (source, args: Source, wrong, info) => {
    const { fieldName, parentType, returnType } = info;
    const given = source[fieldName];
    if (typeof given === 'function') return (given as (...all: unknown[]) => unknown)(args, wrong, info);
    if (given !== undefined) return given;
    const id = idOf(source);
    const asked = `${fieldName}${Object.keys(args).length > 0 ? JSON.stringify(args) : ''}`;
    switch (fateOf(worldOf(), 'field', id, asked)) {
      case 'null':
        return null;
      case 'throws':
        throw new GraphQLError(`no ${fieldName}`, { extensions: { code: 'CONFLICT' } });
      case 'wrong type':
        // The subgraph itself does not know: it is made wrong on its way.
        wrong.push(wrongValue(pathToArray(info.path), returnType, worldOf().seed, id, asked));
        break;
      case 'fine':
    }
    // What @requires brought along shows in the value; the bare key does not.
    const { __typename: _type, id: _id, ...brought } = source;
    const required = Object.keys(brought).length > 0 ? [JSON.stringify(brought)] : [];
    return makeUp(returnType, [parentType.name === 'Query' ? 'root' : id, asked, ...required]);
  };

  const run = async (query: string, variables: Readonly<Record<string, unknown>> | undefined) => {
    if (isDown(worldOf(), name))
      throw new AppError('UNAVAILABLE', `The ${name} subgraph is down. Try again.`);
    const wrong: WrongValue[] = [];
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: variables ?? {},
      rootValue: {},
      contextValue: wrong,
      fieldResolver: resolve,
    });
    // Over the wire, errors are plain objects.
    const sent = JSON.parse(JSON.stringify(result)) as typeof result;
    if (wrong.length === 0) return sent;
    spoil(sent.data, wrong);
    return { ...sent, extensions: { isSpoiled: true } };
  };

  return {
    name,
    execute: ({ query, variables }) => run(typeof query === 'string' ? query : print(query), variables),
    executeJson: ({ body }) => {
      // The engine wrote it.
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      return run(query, variables);
    },
    subscribe: () => Promise.reject(new Error('made-up subgraphs have no events')),
    checkReady: async () => {},
    close: async () => {},
  };
}

/** What tells one object from another: its id, or whatever key it came with. */
function idOf(source: Source): string {
  const { __typename: _type, id, ...others } = source;
  return typeof id === 'string' ? id : Object.keys(others).length > 0 ? JSON.stringify(others) : '';
}

const pick = <Item>(items: readonly Item[], number: number): Item => {
  const item = items[number % items.length];
  if (item === undefined) throw new Error('there must be something to pick from');
  return item;
};
