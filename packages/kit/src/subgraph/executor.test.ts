import { randomOperation } from '@souk/testkit/graphql';
import fc from 'fast-check';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type ExecutionResult, type GraphQLSchema, parse, validate } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { batchById } from '../graphql/batch.js';
import { schemaFor, type Whim, type WhimContext } from './__fixtures__/whimsical-subgraph.js';
import { createExecutor } from './executor.js';

const TROUBLES = [0, 4, 15, 40];
const numbers = fc.array(fc.nat(9_999), { minLength: 20, maxLength: 200 });

const schema = schemaFor();
const contextOf = (whim: Whim, freezes: boolean): WhimContext => ({ ...whim, freezes, owned: new WeakSet() });
const plainJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
/** With what is behind each error: masking depends on it. */
const plain = ({ data, errors }: ExecutionResult, isOrdered: boolean): unknown => {
  const told = errors?.map((error) => ({ ...error.toJSON(), cause: error.originalError?.message }));
  return {
    data: plainJson(data ?? null),
    errors: isOrdered ? told : told?.map((error) => JSON.stringify(error)).sort(),
  };
};

describe('an operation that is compiled gives what graphql-js gives', () => {
  const compare = async (
    query: string,
    variables: Readonly<Record<string, unknown>>,
    seed: number,
    isEntities = false,
  ): Promise<void> => {
    const document = parse(query);
    expect(validate(schema, document).map(String)).toEqual([]);
    const run = createExecutor(schema);
    for (let index = 0; index < 6; index += 1) {
      const whim = { seed: seed + index, trouble: TROUBLES[index % TROUBLES.length] ?? 0 };
      const expected = await execute({
        schema,
        document,
        variableValues: variables,
        contextValue: contextOf(whim, !isEntities),
      });
      const contextValue = contextOf(whim, !isEntities);
      const result = await run({ document, variableValues: variables, contextValue });
      expect({ result: plain(result, !isEntities), query, variables, whim }).toEqual({
        result: plain(expected, !isEntities),
        query,
        variables,
        whim,
      });
      expectOwn(result.data, contextValue.owned);
    }
  };

  it.each(['query', 'mutation'] as const)(
    'for random operations of the kind %s',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(numbers, fc.nat(), async (tape, seed) => {
          const { query, variables } = randomOperation(schema, tape, { kind, maxFields: 25 });
          await compare(query, variables, seed);
        }),
        { numRuns: 150 },
      );
    },
    60_000,
  );

  it('for entities of all kinds', async () => {
    const entity = fc.record({
      __typename: fc.constantFrom('Thing', 'Gadget', 'Owner'),
      id: fc.constantFrom('1', '2', '3'),
    });
    // What is no entity comes first: @apollo/subgraph leaves rejections of those before it unhandled.
    const anInterface = fc.constant({ __typename: 'Named' });
    const none = fc.constantFrom({ __typename: 'Nobody' }, {}, 3, { __typename: 7 });
    const lists = fc.oneof(
      fc.array(fc.oneof(entity, anInterface), { maxLength: 5 }),
      fc.tuple(none, fc.array(entity, { maxLength: 4 })).map(([first, others]) => [first, ...others]),
    );
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      __typename
      ... on Thing { id name friends { name } others { id } must { id since } }
      ... on Gadget { name owner { id since } }
      ... on Owner { id gadgets { name power } since }
    } }`;
    await fc.assert(
      fc.asyncProperty(lists, fc.nat(), (representations, seed) =>
        compare(query, { representations }, seed, true),
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('createExecutor', () => {
  const build = (sdl: string, resolvers: object): GraphQLSchema =>
    buildSubgraphSchema({ typeDefs: parse(sdl), resolvers } as Parameters<typeof buildSubgraphSchema>[0]);
  /** The second time, an operation is compiled. */
  const twice = async (
    sdlAndResolvers: GraphQLSchema,
    query: string,
    variableValues: Readonly<Record<string, unknown>> = {},
  ): Promise<ExecutionResult> => {
    const run = createExecutor(sdlAndResolvers);
    const args = { document: parse(query), variableValues, contextValue: {} };
    await run(args);
    return run(args);
  };
  it('finds entities that are frozen, and writes onto none', async () => {
    const thing = Object.freeze({ id: '1', name: 'Lamp' });
    const shop = build('type Query { a: Int } type Thing @key(fields: "id") { id: ID! name: String }', {
      Thing: { __resolveReference: () => thing },
    });
    const query =
      '{ _entities(representations: [{ __typename: "Thing", id: "1" }]) { ... on Thing { name } } }';
    expect(plainJson(await twice(shop, query))).toEqual({ data: { _entities: [{ name: 'Lamp' }] } });
    expect(Object.getOwnPropertyNames(thing)).toEqual(['id', 'name']);
  });

  it('asks for all entities of a question before it waits for any: a loader loads once', async () => {
    const load = vi.fn(async (ids: readonly string[]) => ids.map((id) => ({ id, name: `thing ${id}` })));
    const loader = batchById(load, ({ id }) => id);
    const shop = build(
      'type Query { a: Int } type Thing @key(fields: "id") { id: ID! name: String next: Thing }',
      {
        Thing: {
          __resolveReference: ({ id }: { id: string }) => loader.load(id),
          next: ({ id }: { id: string }) => loader.load(`${id}+`),
        },
      },
    );
    const run = createExecutor(shop);
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Thing { next { name } } } }';
    const ask = (...ids: string[]) =>
      run({
        document,
        variableValues: { representations: ids.map((id) => ({ __typename: 'Thing', id })) },
        contextValue: {},
      });
    const document = parse(query);
    await ask('0');
    load.mockClear();
    const { data } = await ask('1', '2', '3');
    expect(plainJson(data)).toEqual({
      _entities: [
        { next: { name: 'thing 1+' } },
        { next: { name: 'thing 2+' } },
        { next: { name: 'thing 3+' } },
      ],
    });
    expect(load.mock.calls).toEqual([[['1', '2', '3']], [['1+', '2+', '3+']]]);
  });

  it('leaves no rejection unhandled where one item fails at once and another one later', async () => {
    let isTroubled = false;
    const late = (): Promise<never> => Promise.reject(new Error('late'));
    const shop = build(
      'type Query { numbers: [Int!] things: [Thing!] } type Thing @key(fields: "id") { id: ID! }',
      {
        Query: {
          numbers: () => (isTroubled ? [late(), null] : []),
          things: () => (isTroubled ? [{ id: late }, null] : []),
        },
        Thing: {
          __resolveReference(reference: { id: string }) {
            if (!isTroubled) return reference;
            if (reference.id === '2') throw new Error('at once');
            return late();
          },
        },
      },
    );
    const fields = '{ numbers things { id } }';
    const entities =
      '{ _entities(representations: [{ __typename: "Thing", id: "1" }, { __typename: "Thing", id: "2" }]) { __typename } }';
    // What is run first is graphql-js' own. Vitest fails a file with an unhandled rejection.
    isTroubled = false;
    for (const query of [fields, entities]) {
      const run = createExecutor(shop);
      const args = { document: parse(query), contextValue: {} };
      expect((await run(args)).errors).toBeUndefined();
      isTroubled = true;
      expect((await run(args)).errors?.length).toBeGreaterThan(0);
      isTroubled = false;
    }
  });

  it('compiles each set of conditions by itself', async () => {
    const shop = build('type Query { a: Int b: Int }', { Query: { a: () => 1, b: () => 2 } });
    const run = createExecutor(shop);
    const document = parse('query ($a: Boolean!, $b: Boolean = true) { a @include(if: $a) b @skip(if: $b) }');
    const seen: unknown[] = [];
    for (const variableValues of [
      { a: true },
      { a: true },
      { a: false },
      { a: true, b: false },
      { a: true },
    ]) {
      seen.push(plainJson((await run({ document, variableValues, contextValue: {} })).data));
    }
    expect(seen).toEqual([{ a: 1 }, { a: 1 }, {}, { a: 1, b: 2 }, { a: 1 }]);
    const { errors } = await run({ document, variableValues: { a: true, b: null }, contextValue: {} });
    expect(errors?.map(({ message }) => message)).toEqual([
      'Argument "if" of non-null type "Boolean!" must not be null.',
    ]);
  });

  it('answers introspection, and tells what is wrong with a request, as graphql-js does', async () => {
    const shop = build('type Query { a(id: ID!): Int }', { Query: { a: () => 1 } });
    expect(plainJson(await twice(shop, '{ __type(name: "Query") { name } a(id: 1) }'))).toEqual({
      data: { __type: { name: 'Query' }, a: 1 },
    });
    expect((await twice(shop, 'query ($id: ID!) { a(id: $id) }')).errors?.[0]?.message).toBe(
      'Variable "$id" of required type "ID!" was not provided.',
    );
    expect((await twice(shop, 'query A { a(id: 1) } query B { a(id: 2) }')).errors?.[0]?.message).toBe(
      'Must provide operation name if query contains multiple operations.',
    );
    const own = await twice(shop, '{ _service { sdl } __typename __proto__: a(id: 1) }');
    expect(JSON.stringify(own.data)).toMatch(/a\(id: ID!\): Int.*"__typename":"Query","__proto__":1/);
  });

  it('resolvers get arguments of their own, although they are worked out once', async () => {
    const shop = build('type Query { list: [Thing!]! } type Thing { sum(a: Int = 1, b: Int!): Int }', {
      Query: { list: () => [{}, {}] },
      Thing: {
        sum(_source: object, args: { a: number; b: number }) {
          args.a += 1;
          return args.a + args.b;
        },
      },
    });
    const { data } = await twice(shop, 'query ($b: Int!) { list { sum(b: $b) } }', { b: 10 });
    expect(plainJson(data)).toEqual({ list: [{ sum: 12 }, { sum: 12 }] });
  });
});

/** Who joins answers writes into them: nothing in them may belong to a resolver. What a Blob holds is a leaf. */
function expectOwn(value: unknown, owned: WeakSet<object>): void {
  if (typeof value !== 'object' || value === null) return;
  expect(owned.has(value)).toBe(false);
  expect(Object.isFrozen(value)).toBe(false);
  for (const inner of Object.values(value)) expectOwn(inner, owned);
}
