import { ApolloServer } from '@apollo/server';
import { composeSupergraph, inProcessTransport } from '@souk/gateway';
import { soukGateway } from '@souk/gateway/apollo-server';
import { createLogger } from '@souk/kit/log';
import { serveSubgraph } from '@souk/kit/server';
import { createSubgraph, type SubgraphApp } from '@souk/kit/subgraph';
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { serve } from './apollo-server.js';

const logger = createLogger({ level: 'silent' });
const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes"])';
const seen: unknown[] = [];

/** @param extra a field that only a later version has */
function shop(extra = ''): SubgraphApp[] {
  const createContext = (context: unknown): object => (seen.push(context), {});
  return [
    createSubgraph({
      name: 'products',
      sdl: `${link} type Query { product(id: ID!): Product ${extra} } type Product @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Query: {
          product: (_: unknown, { id }: { id: string }) => ({ id }),
          ...(extra && { later: () => 'yes' }),
        },
        Product: { __resolveReference: (product: object) => product, name: () => 'Lamp' },
      },
      logger,
      createContext,
    }),
    createSubgraph({
      name: 'stock',
      sdl: `${link} type Query { broken: Int audit: Int @requiresScopes(scopes: [["STAFF"]]) own: Int @authenticated } type Product @key(fields: "id") { id: ID! stock: Int }`,
      resolvers: {
        Query: {
          audit: () => 1,
          own: () => 2,
          broken: () => {
            throw new Error('password=hunter2');
          },
        },
        Product: { __resolveReference: (product: object) => product, stock: () => 3 },
      },
      logger,
      createContext,
    }),
  ];
}

const supergraphOf = (apps: readonly SubgraphApp[]): string => composeSupergraph(apps).supergraphSdl;
const STOCK = 'query Stock($id: ID!) { product(id: $id) { name stock } }';

describe("the engine as Apollo Server's gateway", () => {
  const start = (apps: readonly SubgraphApp[]) => {
    const byName = new Map(apps.map((app) => [app.name, app]));
    const gateway = soukGateway({
      supergraphSdl: supergraphOf(apps),
      transportFor: ({ name }) => {
        const app = byName.get(name);
        if (!app) throw new Error(`there is no ${name}`);
        return inProcessTransport(app);
      },
      logger,
      contextOf: (value) => ({ viewer: { kind: 'user', userId: String(value['user']), roles: [] } }),
    });
    return { gateway, server: new ApolloServer({ gateway }) };
  };
  const ask = async (server: ApolloServer, query: string, variables?: Record<string, unknown>) => {
    const { body } = await server.executeOperation(
      { query, ...(variables ? { variables } : {}) },
      { contextValue: { user: 'u7' } },
    );
    if (body.kind !== 'single') throw new Error('one result was asked for');
    return body.singleResult;
  };

  it('joins subgraphs, passes variables and the viewer, and reports errors without their secrets', async () => {
    const { server } = start(shop());
    expect((await ask(server, STOCK, { id: 'p1' })).data).toEqual({ product: { name: 'Lamp', stock: 3 } });
    expect(JSON.stringify(seen.at(-1))).toContain('u7');
    const broken = await ask(server, '{ broken }');
    expect(broken).toMatchObject({ data: { broken: null }, errors: [{ path: ['broken'] }] });
    expect(JSON.stringify(broken)).not.toContain('hunter2');
    await server.stop();
  });

  it("enforces the supergraph's demands, by the roles of the viewer", async () => {
    const { server } = start(shop());
    expect(await ask(server, '{ audit own }')).toMatchObject({
      data: { audit: null, own: 2 },
      errors: [{ path: ['audit'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
    });
    await server.stop();
  });

  it('answers introspection, and refuses what is not valid', async () => {
    const { server } = start(shop());
    expect((await ask(server, getIntrospectionQuery())).data).toHaveProperty('__schema');
    expect((await ask(server, '{ nothing }')).errors).toHaveLength(1);
    await server.stop();
  });

  it('lives with the plugins of Apollo Server', async () => {
    const told: unknown[] = [];
    const { gateway } = start(shop());
    const server = new ApolloServer({
      gateway,
      plugins: [
        {
          requestDidStart: async () => ({
            didResolveOperation: async ({ operationName }) => void told.push(operationName),
            didEncounterErrors: async ({ errors }) => void told.push(errors.map(({ path }) => path)),
            willSendResponse: async ({ response }) => void told.push(response.body.kind),
          }),
        },
      ],
    });
    await ask(server, STOCK, { id: 'p1' });
    await ask(server, 'query Broken { broken }');
    expect(told).toEqual(['Stock', 'single', 'Broken', [['broken']], 'single']);
    await server.stop();
  });

  it('takes a new supergraph into use', async () => {
    const { server, gateway } = start(shop('later: String'));
    gateway.update(supergraphOf(shop()));
    expect((await ask(server, '{ later }')).errors).toHaveLength(1);
    gateway.update(supergraphOf(shop('later: String')));
    expect((await ask(server, '{ later }')).data).toEqual({ later: 'yes' });
    expect(() => gateway.update('type Query { a: Int }')).toThrow();
    expect((await ask(server, '{ later }')).data).toEqual({ later: 'yes' });
    await server.stop();
  });
});

it('the example serves over HTTP', async () => {
  const secret = 'a-secret-of-thirty-two-characters-or-more';
  const apps = shop();
  const served = await Promise.all(
    apps.map((app) => serveSubgraph(app, { host: '127.0.0.1', port: 0, secret, logger, drainMs: 100 })),
  );
  const sdl = composeSupergraph(
    apps.map(({ name, sdl: text }, index) => ({ name, sdl: text, url: `${served[index]?.url}/graphql` })),
  ).supergraphSdl;
  const { url, stop } = await serve(sdl, 0, secret);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: STOCK, variables: { id: 'p1' } }),
  });
  expect(await response.json()).toEqual({ data: { product: { name: 'Lamp', stock: 3 } } });
  await stop();
  await Promise.all(served.map((subgraph) => subgraph.stop()));
});
