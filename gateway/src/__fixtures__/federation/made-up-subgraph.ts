import { buildSubgraphSchema } from '@apollo/subgraph';
import { AppError } from '@souk/kit/errors';
import {
  execute,
  type GraphQLField,
  GraphQLError,
  type GraphQLFieldResolver,
  isAbstractType,
  isObjectType,
  parse,
  print,
} from 'graphql';
import { pathToArray } from 'graphql/jsutils/Path.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import { fateOf, isDown, isMissing, type World } from './fate.js';
import { callOf, idOf, makeUp, type Source, typeOf } from './made-up-values.js';
import { type Reading, requiredBy, selected } from './required-values.js';
import { spoil, type WrongValue, wrongValue } from './wrong-values.js';

/** What a subgraph shows in its values. */
export interface MadeUpOptions {
  /**
   * 'everything' that a representation brings along besides the key, whoever needs it: two executors of one plan must
   * bring the same. 'required': of each field what its own `@requires` says, which does not depend on the plan.
   *
   * @default 'everything'
   */
  readonly shows?: 'everything' | 'required';
}

/**
 * A subgraph of which only the schema is written: every value is made up from the type, the entity's `id`, the field
 * and its arguments, so that subgraphs agree about what they share and a wrong question gets a visibly wrong answer.
 * What a representation brings along is believed.
 */
export function madeUpSubgraph(
  name: string,
  sdl: string,
  worldOf: () => World,
  { shows = 'everything' }: MadeUpOptions = {},
): SubgraphTransport {
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
          : typeOf(idOf(value), schema.getPossibleTypes(type));
    }
  }

  const reading: Reading = {
    valueOf: (source, { name: { value: field } }) => source[field],
    // Where a representation does not say what an object is, it holds what belongs to it.
    isOf: (source, type) =>
      source['__typename'] === undefined ||
      source['__typename'] === type ||
      isAbstractType(schema.getType(type)),
  };
  const shown = (source: Source, field: GraphQLField<unknown, unknown> | undefined): unknown => {
    if (shows === 'required') {
      const required = field && requiredBy(field);
      return required && selected(source, required, reading);
    }
    const { __typename: _type, id: _id, ...brought } = source;
    return Object.keys(brought).length > 0 ? brought : undefined;
  };

  const resolve: GraphQLFieldResolver<Source, WrongValue[]> = (source, args: Source, wrong, info) => {
    const { fieldName, parentType, returnType } = info;
    const given = source[fieldName];
    if (typeof given === 'function') return (given as (...all: unknown[]) => unknown)(args, wrong, info);
    if (given !== undefined) return given;
    const id = idOf(source);
    const asked = callOf(fieldName, args);
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
    const brought = shown(source, parentType.getFields()[fieldName]);
    const seed = [parentType.name === 'Query' ? 'root' : id, asked];
    const shortest = worldOf().trouble > 0 ? 0 : 2;
    return makeUp(returnType, brought === undefined ? seed : [...seed, JSON.stringify(brought)], shortest);
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
