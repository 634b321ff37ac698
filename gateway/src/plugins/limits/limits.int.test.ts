import { readFile } from 'node:fs/promises';
import { createSubgraph } from '@souk/kit/subgraph';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOverEvery } from '../../__fixtures__/ask-over.js';
import { openSocket } from '../../__fixtures__/socket-client.js';
import { type Answer, type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { silent } from '../../__fixtures__/tiny-shop.js';
import { createDocumentCache } from '../../engine/documents.js';
import { loadSupergraph } from '../../supergraph/load.js';

const shelf = createSubgraph({
  name: 'shelf',
  sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
    type Query {
      books(first: Int = 10, filter: Filter): [Book] @listSize(slicingArguments: ["first"])
      book(color: Color): Book
    }
    input Filter { title: String and: [Filter!] }
    enum Color { RED GREEN }
    type Book { title: String author: Author }
    type Author { name: String books: [Book] }`,
  resolvers: { Query: { books: () => [], book: () => null } },
  logger: silent,
  createContext: () => ({}),
});

let running: RunningGateway;
beforeAll(async () => {
  running = await startGateway([shelf]);
});
afterAll(() => running.stop());

const repeat = (times: number, make: (at: number) => string): string =>
  Array.from({ length: times }, (_, at) => make(at)).join(' ');
const nested = (times: number, inner: string): string =>
  `${'author { books { '.repeat(times)}${inner}${' } }'.repeat(times)}`;

interface Case {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly limit: string;
  readonly found?: number;
}
const TOO_MUCH: Case[] = [
  { limit: 'maxQueryBytes', query: `{ book { title } } # ${'ü'.repeat(33_000)}`, found: 66_021 },
  { limit: 'maxTokens', query: `{ ${repeat(999, (at) => `x${at}`)} }` },
  { limit: 'maxOperations', query: repeat(6, (at) => `query Q${at} { book { title } }`), found: 6 },
  {
    limit: 'maxFragments',
    query: `{ book { ...f0 } } ${repeat(21, (at) => `fragment f${at} on Book { ${at < 20 ? `...f${at + 1}` : 'title'} }`)}`,
    found: 21,
  },
  { limit: 'maxDirectives', query: `{ book { title ${'@x '.repeat(101)} } }`, found: 101 },
  { limit: 'maxDepth', query: `{ book { ${nested(10, 'title')} } }`, found: 22 },
  {
    limit: 'maxFields',
    query: `{ book { ...f0 } } ${repeat(6, (at) => `fragment f${at} on Book { author { ${repeat(4, () => `books { ...f${at + 1} }`)} } }`)} fragment f6 on Book { title }`,
  },
  { limit: 'maxAliases', query: `{ book { ${repeat(31, (at) => `x${at}: title`)} } }`, found: 31 },
  { limit: 'maxRootFields', query: `{ ${repeat(21, (at) => `x${at}: book { title }`)} }`, found: 21 },
  { limit: 'maxRepeats', query: `{ book { ${'author { name } '.repeat(31)} } }`, found: 31 },
  { limit: 'maxNestedLists', query: `{ books { ${nested(5, 'title')} } }`, found: 6 },
  { limit: 'maxListSize', query: '{ books(first: 1001) { title } }', found: 1001 },
  {
    limit: 'maxListSize',
    query: 'query($n: Int = 5000) { books(first: $n) { title } }',
    found: 5000,
  },
  {
    limit: 'maxListSize',
    query: 'query($n: Int = 5) { books(first: $n) { title } }',
    variables: { n: 2_000_000_000 },
  },
  {
    limit: 'maxVariableDepth',
    query: 'query($f: Filter) { books(filter: $f) { title } }',
    variables: { f: JSON.parse(`${'{"and":['.repeat(2_000)}${']}'.repeat(2_000)}`) as unknown },
  },
  {
    limit: 'maxVariableSize',
    query: 'query($f: Filter) { books(filter: $f) { title } }',
    variables: { f: { title: 'x'.repeat(300_000) } },
  },
];

/** What each refusal says, by whatever way it comes. */
const refused = ({ limit, found }: Case) => [
  {
    message: expect.stringMatching(new RegExp(`^Found .*limits\\.${limit}\\)\\. \\w.*\\.$`)) as string,
    extensions: {
      code: 'BAD_USER_INPUT',
      retryable: false,
      limit,
      ...(found === undefined ? {} : { found }),
    },
  },
];

describe('too much of one thing', () => {
  it.each(TOO_MUCH)('is refused over HTTP: $limit', async (one) => {
    const { status, errors, data } = await running.ask(one.query, { variables: one.variables });
    expect([status, data]).toEqual([400, undefined]);
    expect(errors).toMatchObject(refused(one));
  });

  it.each(TOO_MUCH)('is refused over SSE, before the stream begins: $limit', async (one) => {
    const { errors, data } = await askOverEvery.SSE(running.port, one);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject(refused(one));
  });

  it('is refused over WebSocket, which stays open', async () => {
    const socket = await openSocket(running.port);
    await socket.next();
    for (const [at, one] of TOO_MUCH.entries()) {
      socket.subscribe(String(at), one.query, one.variables);
      expect(await socket.next()).toMatchObject({ id: String(at), type: 'error', payload: refused(one) });
    }
    socket.subscribe('last', '{ book { title } }');
    expect(await socket.next()).toMatchObject({
      id: 'last',
      type: 'next',
      payload: { data: { book: null } },
    });
    socket.close();
  });

  it('can be allowed, one limit or all', async () => {
    const generous = await startGateway([shelf], { options: { limits: { maxAliases: 40 } } });
    const query = `{ book { ${repeat(31, (at) => `x${at}: title`)} } }`;
    expect((await generous.ask(query)).data).toEqual({ book: null });
    generous.gateway.configure({ limits: false });
    expect((await generous.ask(`{ book { ${repeat(500, (at) => `x${at}: title`)} } }`)).status).toBe(200);
    generous.gateway.configure({ limits: { maxAliases: 30 } });
    expect((await generous.ask(query)).status).toBe(400);
    await generous.stop();
  });
});

const ALWAYS = '@include(if: true) @skip(if: false)';

/** The most that is taken by default, to the last one. */
const AS_MUCH_AS_MAY_BE: readonly Omit<Case, 'found'>[] = [
  { limit: 'maxQueryBytes', query: '{ book { title } } # '.padEnd(65_536, 'x') },
  // Sixteen around the objects, and two in each.
  { limit: 'maxTokens', query: `{ books(filter: { and: [${repeat(492, () => '{}')}] }) { title } }` },
  { limit: 'maxOperations', query: repeat(5, (at) => `query Q${at} { book { title } }`) },
  {
    limit: 'maxFragments',
    query: `{ book { ...f0 } } ${repeat(20, (at) => `fragment f${at} on Book { ${at < 19 ? `...f${at + 1}` : 'title'} }`)}`,
  },
  {
    limit: 'maxDirectives',
    query: `{ book { ${repeat(25, (at) => `... ${ALWAYS} { ${at % 2 ? `title ${ALWAYS}` : `author ${ALWAYS} { name }`} }`)} } }`,
  },
  { limit: 'maxAliases', query: `{ book { ${repeat(30, (at) => `x${at}: title`)} } }` },
  { limit: 'maxRootFields', query: `{ ${repeat(20, (at) => `x${at}: book { title }`)} }` },
  { limit: 'maxRepeats', query: `{ book { ${'author { name } '.repeat(30)} } }` },
  { limit: 'maxNestedLists', query: `{ books(first: 1) { ${nested(4, 'title')} } }` },
  { limit: 'maxListSize', query: '{ books(first: 1000) { title } }' },
  {
    limit: 'maxVariableDepth',
    query: 'query($f: Filter) { books(filter: $f) { title } }',
    variables: { f: JSON.parse(`${'{"and":['.repeat(9)}{"and":[]}${']}'.repeat(9)}`) as unknown },
  },
];

it.each(AS_MUCH_AS_MAY_BE)('the last that is allowed passes: $limit', async ({ query, variables }) => {
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query,
      variables,
      ...(query.startsWith('query Q0') ? { operationName: 'Q0' } : {}),
    }),
  });
  const { data, errors } = (await response.json()) as Answer;
  expect(errors).toBeUndefined();
  expect(data).toBeDefined();
});

describe('what people ask', () => {
  it('passes: the schema, as the standard tools ask for it', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: false,
    });
    expect((await running.ask(query)).errors).toBeUndefined();
  });

  it('passes: every operation of the shop’s client', async () => {
    const { operations } = JSON.parse(await readFile('schema/operations.json', 'utf8')) as {
      operations: { name: string; body: string }[];
    };
    const { api } = loadSupergraph(await readFile('schema/supergraph.graphql', 'utf8'));
    const documents = createDocumentCache(api.schema);
    const refusals = operations.flatMap(({ name, body }) => {
      const checked = documents.check(body, name);
      return 'document' in checked ? [] : [name, ...checked.map(({ message }) => message)];
    });
    expect(refusals).toEqual([]);
  });
});

describe('mistakes', () => {
  const messages = ({ errors }: Answer) => (errors ?? []).map(({ message }) => message);

  it('are listed once each, five at most', async () => {
    expect(messages(await running.ask(`{ ${'boks '.repeat(20)} }`))).toEqual([
      'Cannot query field "boks" on type "Query". (and 19 more like it)',
    ]);
    expect(messages(await running.ask(`{ ${repeat(20, (at) => `boks${at}`)} }`))).toHaveLength(5);
    const colors = await running.ask(`query(${repeat(20, (at) => `$c${at}: Color`)}) { book { title } }`, {
      variables: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`c${at}`, 'BLUE'])),
    });
    expect(messages(colors)).toHaveLength(5);
  });

  it.each([
    ['a field', '{ bok { title } }', undefined],
    ['a type', 'query($f: Filtr) { books(filter: $f) { title } }', undefined],
    ['an argument', '{ books(frist: 3) { title } }', undefined],
    ['an enum value', '{ book(color: REDD) { title } }', undefined],
    ['an input field', '{ books(filter: { titel: "x" }) { title } }', undefined],
    ['a directive', '{ book @skipp(if: true) { title } }', undefined],
    ['a fragment’s type', '{ book { ... on Bok { title } } }', undefined],
    ['an enum value of a variable', 'query($c: Color) { book(color: $c) { title } }', { c: 'REDD' }],
    [
      'an input field of a variable',
      'query($f: Filter) { books(filter: $f) { title } }',
      { f: { titel: 1 } },
    ],
  ])('in %s are not answered with what was meant', async (_what, query, variables) => {
    const answer = await running.ask(query, { variables });
    expect(answer.errors).not.toEqual([]);
    expect(messages(answer).join()).not.toMatch(/did you mean|"title"|"RED"|"Filter"\?/i);
  });

  it('a flood of different bad documents costs no more than reading them', async () => {
    const bombs = [
      (at: number) => `{ n${at}: book { ${nested(40, 'title')} } }`,
      (at: number) => `{ n${at}: book { ${'author { name } '.repeat(150)} } }`,
      (at: number) =>
        `{ n${at}: book { ...f0 } } ${repeat(19, (n) => `fragment f${n} on Book { author { ${`books { ...f${n + 1} } `.repeat(7)} } }`)} fragment f19 on Book { title }`,
      (at: number) => `{ n${at}: book { ...f } } fragment f on Book { ...g } fragment g on Book { ...f }`,
    ];
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) => running.ask(bombs[at % bombs.length]?.(at) ?? '')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    expect((await running.ask('{ book { title } }')).status).toBe(200);
  });
});
