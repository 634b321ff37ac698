import { getIntrospectionQuery, graphqlSync } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askOverEvery, TRANSPORTS } from '../../__fixtures__/ask-over.js';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop } from '../../__fixtures__/tiny-shop.js';
import { composeSupergraph } from '../../supergraph/compose.js';
import { loadSupergraph } from '../../supergraph/load.js';

let running: RunningGateway;
beforeEach(async () => {
  running = await startGateway(createTinyShop().apps);
});
const { schema } = loadSupergraph(composeSupergraph(createTinyShop().apps).supergraphSdl).api;
afterEach(() => running.stop());

const nestedFields = (times: number): string =>
  `${'fields { type { '.repeat(times)}name${' } }'.repeat(times)}`;

/** What development tools send: everything graphql-js knows how to ask, and the modest default. */
const STANDARD = [
  getIntrospectionQuery(),
  getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
  }),
];

describe.each(TRANSPORTS)('introspection over %s', (transport) => {
  const ask = (query: string) => askOverEvery[transport](running.port, { query });

  it('is on, and answers what the standard tools ask', async () => {
    for (const query of STANDARD) {
      const { data, errors } = await ask(query);
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).toContain('"name":"Product"');
      expect(data).toEqual(graphqlSync({ schema, source: query }).data);
    }
  });

  it('goes with data in one operation, under any name', async () => {
    const type = 'type: __type(name: "Product") { name fields { name type { kind ofType { name } } } }';
    const { data, errors } = await ask(`{ first: product(id: "p1") { name kind: __typename } ${type} }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      first: { name: 'Lamp', kind: 'Product' },
      ...graphqlSync({ schema, source: `{ ${type} }` }).data,
    });
  });

  it.each([
    ['in a row', `{ __schema { types { ${nestedFields(3)} } } }`],
    ['from one type', `{ __type(name: "Product") { ${nestedFields(4)} } }`],
    [
      'through fragments',
      `{ ...Q } fragment Q on Query { s: __schema { types { ...T } } } fragment T on __Type { fields { args { type { enumValues { name } } } } }`,
    ],
  ])('refuses more than three lists inside each other: %s', async (_how, query) => {
    const { data, errors } = await ask(query);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors?.[0]?.message).toMatch(/introspection/i);
  });

  it('can be switched off; what kind of object something is can still be asked', async () => {
    running.gateway.configure({ introspection: false });
    const hidden = [
      '{ __schema { types { name } } }',
      '{ kind: __type(name: "Product") { name } }',
      '{ ... on Query { ...Q } } fragment Q on Query { __schema { queryType { name } } }',
      ...STANDARD,
    ];
    for (const query of hidden) {
      const { data, errors } = await ask(query);
      expect(data ?? null).toBeNull();
      expect(errors).toMatchObject([
        { message: expect.stringContaining('switched off') as string, extensions: { code: 'FORBIDDEN' } },
      ]);
    }
    expect((await ask('{ __typename product(id: "p1") { __typename } }')).data).toEqual({
      __typename: 'Query',
      product: { __typename: 'Product' },
    });
    running.gateway.configure({});
    expect((await ask('{ __schema { queryType { name } } }')).data).toBeDefined();
  });
});

it('takes deeper questions where it is told to', async () => {
  running.gateway.configure({ introspection: { maxNestedLists: 4 } });
  const query = '{ __schema { types { fields { args { type { enumValues { name } } } } } } }';
  expect((await running.ask(query)).errors).toBeUndefined();
});

it('only the operation that runs counts', async () => {
  running.gateway.configure({ introspection: false });
  const query = 'query A { __typename } query B { __schema { queryType { name } } }';
  const answer = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, operationName: 'A' }),
  });
  expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
});
