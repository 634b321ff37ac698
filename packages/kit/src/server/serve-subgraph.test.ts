import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { ENVELOPE_HEADER, signEnvelope } from '../auth/envelope.js';
import type { Viewer } from '../auth/viewer.js';
import { createLogger } from '../log/logger.js';
import { createSubgraph } from '../subgraph/create-subgraph.js';
import { type ServedSubgraph, serveSubgraph } from './serve-subgraph.js';

const secret = 'a-shared-secret-of-at-least-32-characters';
const sdl = /* GraphQL */ `
  type Query {
    whoAmI: String!
    broken: String
  }
  type Subscription {
    ticks(count: Int!): String!
  }
`;

interface Context {
  viewer: Viewer;
}
const nameOf = ({ viewer }: Context) => (viewer.kind === 'user' ? viewer.userId : viewer.kind);
const resolvers = {
  Query: {
    whoAmI: (_parent: unknown, _args: unknown, context: Context) => nameOf(context),
    broken: () => {
      throw new Error('secret detail');
    },
  },
  Subscription: {
    ticks: {
      subscribe: async function* (_parent: unknown, { count }: { count: number }, context: Context) {
        for (let tick = 1; tick <= count; tick++) yield { ticks: `${nameOf(context)} ${tick}` };
      },
    },
  },
};

describe('serveSubgraph', () => {
  let served: ServedSubgraph;
  beforeAll(async () => {
    const logger = createLogger({ level: 'silent' });
    const app = createSubgraph<Context>({
      name: 'clock',
      sdl,
      resolvers,
      logger,
      createContext: ({ viewer }) => ({ viewer }),
    });
    served = await serveSubgraph(app, { host: '127.0.0.1', port: 0, secret, logger, drainMs: 200 });
  });
  afterAll(async () => served.stop());

  const envelope = () =>
    signEnvelope(
      { viewer: { kind: 'user', userId: 'ada', roles: [] }, requestId: 'r' },
      { audience: 'clock', secret },
    );
  const post = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${served.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('answers as the viewer in the envelope, and as anonymous without one', async () => {
    expect((await post('{ whoAmI }')).body).toEqual({ data: { whoAmI: 'anonymous' } });
    expect((await post('{ whoAmI }', { [ENVELOPE_HEADER]: await envelope() })).body).toEqual({
      data: { whoAmI: 'ada' },
    });
  });

  it('masks what a resolver throws', async () => {
    const { body } = await post('{ broken }');
    expect(JSON.stringify(body)).not.toContain('secret detail');
    expect(body).toMatchObject({ data: { broken: null }, errors: [{ extensions: { code: 'INTERNAL' } }] });
  });

  it('streams a subscription as the viewer in connection_init', async () => {
    const client = createClient({
      url: `${served.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: async () => ({ [ENVELOPE_HEADER]: await envelope() }),
    });
    const seen: unknown[] = [];
    for await (const { data } of client.iterate({ query: 'subscription { ticks(count: 2) }' }))
      seen.push(data);
    expect(seen).toEqual([{ ticks: 'ada 1' }, { ticks: 'ada 2' }]);
    await client.dispose();
  });

  it('closes a connection with a forged envelope with 4403', async () => {
    const client = createClient({
      url: `${served.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { [ENVELOPE_HEADER]: 'forged' },
    });
    const next = client.iterate({ query: 'subscription { ticks(count: 2) }' }).next();
    const code = await next.then(
      () => undefined,
      (closed: { code: number }) => closed.code,
    );
    expect(code).toBe(4403);
  });

  it('says where GraphQL is when asked for something else', async () => {
    const response = await fetch(`${served.url}/nowhere`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('GraphQL is at /graphql');
  });
});
