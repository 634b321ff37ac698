import { ANONYMOUS } from '@souk/kit/auth';
import { AppError } from '@souk/kit/errors';
import { expect, it } from 'vitest';
import { createDocumentCache } from '../../engine/documents.js';
import { createOperationPlanner } from '../../planning/operation-planner.js';
import { supergraphToPlan } from '../../planning/supergraph-to-plan.js';
import { composeSupergraph } from '../../supergraph/compose.js';
import { loadSupergraph } from '../../supergraph/load.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import { resultText } from '../text-result.js';
import { createCompiledExecutor } from './compiled-executor.js';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';
const { supergraphSdl } = composeSupergraph([
  {
    name: 'a',
    sdl: `${link} type Query { list: [Box] must: [Box!]! count: Int } type Mutation { one: Box two: Box }
      type Box @key(fields: "id") { id: ID! weight: Int! inner: Inner } type Inner { deep: String! }`,
  },
  {
    name: 'b',
    sdl: `${link} type Box @key(fields: "id") { id: ID! label: String parts: [Part!] inner: Inner @external
        size: Int @requires(fields: "inner { deep }") } type Part { no: Int } type Inner @external { deep: String! }`,
  },
]);
const supergraph = loadSupergraph(supergraphSdl);
const documents = createDocumentCache(supergraph.api.schema);
const planOf = createOperationPlanner(supergraphToPlan(supergraph));

type Answer = (body: { query: string; variables: Record<string, unknown> }) => unknown;

/** Runs an operation against subgraphs that answer whatever the test says, right or wrong. */
async function run(
  query: string,
  answers: Readonly<Record<string, Answer>>,
  signal = new AbortController().signal,
  variables: Readonly<Record<string, unknown>> = {},
) {
  const asked: { name: string; body: Parameters<Answer>[0] }[] = [];
  const transports = new Map(
    ['a', 'b'].map((name): [string, SubgraphTransport] => [
      name,
      {
        name,
        execute: () => Promise.reject(new Error('text is preferred')),
        async executeJson({ body }) {
          const parsed = JSON.parse(body) as Parameters<Answer>[0];
          asked.push({ name, body: parsed });
          // What a test makes up stands for what came over the wire.
          return answers[name]?.(parsed) as object;
        },
        subscribe: () => Promise.reject(new Error('no events here')),
        checkReady: async () => {},
        close: async () => {},
      },
    ]),
  );
  const operation = documents.check(query, undefined);
  if (!('document' in operation)) throw new Error(operation.map(String).join());
  const executor = createCompiledExecutor({ supergraph, transports, report: () => {} });
  const context = { viewer: ANONYMOUS, requestId: 'r' };
  const result = await executor.execute({
    plan: planOf(operation),
    operation,
    variables,
    context,
    signal,
  });
  const { data, errors } = JSON.parse(resultText(result)) as {
    data: unknown;
    errors?: { message: string; path?: unknown }[];
  };
  expect(result.data).toEqual(data);
  return { data, errors, asked };
}

const boxes = (...ids: string[]) => ({ data: { list: ids.map((id) => ({ __typename: 'Box', id })) } });

it('asks for each entity once and answers for every place', async () => {
  const { data, asked } = await run('{ list { id label } }', {
    a: () => boxes('1', '2', '1', '1'),
    b: ({ variables }) => ({
      data: {
        _entities: (variables['representations'] as { id: string }[]).map(({ id }) => ({ label: `L${id}` })),
      },
    }),
  });
  expect(asked[1]?.body.variables).toEqual({
    representations: [
      { __typename: 'Box', id: '1' },
      { __typename: 'Box', id: '2' },
    ],
  });
  expect(data).toEqual({ list: ['1', '2', '1', '1'].map((id) => ({ id, label: `L${id}` })) });
});

it('tells of one entity’s error at every place where it is missing', async () => {
  const { errors } = await run('{ list { label } }', {
    a: () => boxes('1', '2', '1'),
    b: () => ({
      data: { _entities: [null, { label: 'x' }] },
      errors: [{ message: 'gone', path: ['_entities', 0] }],
    }),
  });
  expect(errors?.map(({ path }) => path)).toEqual([
    ['list', 0],
    ['list', 2],
  ]);
});

it('an entity that is null, has no key or another type stands for itself', async () => {
  const list = [{ __typename: 'Box', id: '1' }, null, { __typename: 'Box' }, { __typename: 'Box', id: '1' }];
  const { data, asked } = await run('{ list { label parts { no } } }', {
    a: () => ({ data: { list } }),
    b: () => ({ data: { _entities: [{ label: 'x', parts: [{ no: 1 }] }] } }),
  });
  expect(asked[1]?.body.variables).toEqual({ representations: [{ __typename: 'Box', id: '1' }] });
  const box = { label: 'x', parts: [{ no: 1 }] };
  expect(data).toEqual({ list: [box, null, { label: null, parts: null }, box] });
});

it('objects that hold more than their key are not joined: each place may say something else', async () => {
  const { data } = await run('{ list { id label inner { deep } } }', {
    a: () => ({
      data: {
        list: ['x', 'y'].map((deep) => ({ __typename: 'Box', id: '1', inner: { deep } })),
      },
    }),
    b: () => ({ data: { _entities: [{ label: 'one' }] } }),
  });
  expect(data).toEqual({
    list: ['x', 'y'].map((deep) => ({ id: '1', label: 'one', inner: { deep } })),
  });
});

it('writes whatever text an answer holds as valid JSON', async () => {
  const label = 'a "quoted" back\\slash,\ttab, \u0000, line\n, 漢字 and half \ud83d';
  const { data } = await run('{ list { label } }', {
    a: () => boxes('1', '1'),
    b: () => ({ data: { _entities: [{ label }] } }),
  });
  expect(data).toEqual({ list: [{ label }, { label }] });
});

it('joins equal questions of parallel fetches, but never those of a mutation', async () => {
  const answers = {
    a: ({ query }: { query: string }) => ({
      data: Object.fromEntries(
        ['list', 'must', 'one', 'two']
          .filter((name) => query.includes(name))
          .map((name) => {
            const box = { __typename: 'Box', id: '1' };
            return [name, name === 'list' || name === 'must' ? [box] : box];
          }),
      ),
    }),
    b: ({ variables }: { variables: Record<string, unknown> }) => ({
      data: { _entities: (variables['representations'] as unknown[]).map(() => ({ label: 'L' })) },
    }),
  };
  const read = await run('{ list { label } must { label } }', answers);
  expect(read.asked.map(({ name }) => name)).toEqual(['a', 'b']);
  const written = await run('mutation { one { label } two { label } }', answers);
  expect(written.asked.filter(({ name }) => name === 'b')).toHaveLength(2);
});

it.each([
  ['an object where a list is due', { list: { id: 1 } }, { list: null }, ['list']],
  ['a list where an object is due', { list: [[1]] }, { list: [null] }, ['list', 0]],
  ['text where a list is due', { list: 'x' }, { list: null }, ['list']],
  ['a type that nobody knows', { list: [{ __typename: 'Nope', weight: 1 }] }, { list: [null] }, ['list', 0]],
  ['a type that cannot stand there', { list: [{ __typename: 'Part' }] }, { list: [null] }, ['list', 0]],
  ['a whole number that is no Int', { list: [{ weight: 2 ** 31 }] }, { list: [null] }, ['list', 0, 'weight']],
  ['a null that may not be', { list: [{ weight: null }] }, { list: [null] }, ['list', 0, 'weight']],
  ['text for a number', { list: [{ weight: 'heavy' }] }, { list: [null] }, ['list', 0, 'weight']],
])('answers null and says where for %s', async (_what, data, expected, path) => {
  const answer = await run('{ list { weight } }', { a: () => ({ data }) });
  expect(answer.data).toEqual(expected);
  expect(answer.errors?.map((error) => error.path)).toEqual([path]);
});

it('answers an ID as text, whatever the subgraph sends', async () => {
  const answered = async (list: readonly unknown[]) =>
    (await run('{ list { id weight } }', { a: () => ({ data: { list } }) })).data;
  expect(await answered([{ id: 7, weight: 1 }])).toEqual({ list: [{ id: '7', weight: 1 }] });
  // Where something is wrong, the rest is written in another way.
  expect(await answered([{ id: 7, weight: 1 }, 'wrong'])).toEqual({ list: [{ id: '7', weight: 1 }, null] });
});

it('requires no fields of what is no object', async () => {
  const { asked } = await run('{ list { size } }', {
    a: () => ({ data: { list: [{ __typename: 'Box', id: '1', inner: 7 }] } }),
    b: () => ({ data: { _entities: [{ size: 1 }] } }),
  });
  expect(asked[1]?.body.variables).toEqual({
    representations: [{ __typename: 'Box', id: '1', inner: null }],
  });
});

it('lets a null climb to the root, and says so once', async () => {
  const { data, errors } = await run('{ must { weight } count }', {
    a: () => ({ data: { must: [{ weight: null }], count: 1 } }),
  });
  expect([data, errors?.length]).toEqual([null, 1]);
});

it.each([
  ['nothing', { data: null }],
  ['fewer entities than asked for', { data: { _entities: [] } }],
  ['other data', { data: { x: 1 } }],
])('calls it a retryable failure when a subgraph answers with %s', async (_what, answer) => {
  const { data, errors } = await run('{ list { id label } }', { a: () => boxes('1'), b: () => answer });
  expect(data).toEqual({ list: [{ id: '1', label: null }] });
  expect(errors).toMatchObject([
    { path: ['list'], extensions: { code: 'UNAVAILABLE', retryable: true, service: 'b' } },
  ]);
});

it('keeps keys that every JavaScript object has for plain data', async () => {
  const query = '{ constructor: count __proto__: count toString: list { hasOwnProperty: weight } }';
  const { data } = await run(query, {
    a: () =>
      JSON.parse('{"data":{"constructor":1,"__proto__":2,"toString":[{"hasOwnProperty":3}]}}') as object,
  });
  expect(JSON.stringify(data)).toBe('{"constructor":1,"__proto__":2,"toString":[{"hasOwnProperty":3}]}');
  const nothing = await run(query, { a: () => ({ data: {} }) });
  expect(JSON.stringify(nothing.data)).toBe('{"constructor":null,"__proto__":null,"toString":null}');
});

it('asks nothing more once nobody waits', async () => {
  const gone = new AbortController();
  const { asked } = await run('{ list { label } }', { a: () => (gone.abort(), boxes('1')) }, gone.signal);
  expect(asked.map(({ name }) => name)).toEqual(['a']);
});

it('says what failed when a subgraph is away', async () => {
  const away = () => {
    throw new AppError('TIMEOUT', 'Too slow.');
  };
  const { errors } = await run('{ list { id label } }', { a: () => boxes('1'), b: away });
  expect(errors).toMatchObject([
    { message: 'Too slow.', path: ['list'], extensions: { code: 'TIMEOUT', service: 'b' } },
  ]);
});

it.each([
  [{}, { id: '1' }],
  [{ more: false }, {}],
  [{ more: true }, { id: '1' }],
])('decides by the value of a variable, or by its default: %j', async (variables, box) => {
  const query = 'query ($more: Boolean = true) { list { id @include(if: $more) } }';
  const { data } = await run(query, { a: () => boxes('1') }, undefined, variables);
  expect(data).toEqual({ list: [box] });
});

it('decides nothing by null, and says which variable it is', async () => {
  const query = 'query ($more: Boolean = true) { list { id @include(if: $more) } }';
  const { data, errors, asked } = await run(query, {}, undefined, { more: null });
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ message: expect.stringContaining('"$more" is null') as string }]);
  expect(asked).toEqual([]);
});
