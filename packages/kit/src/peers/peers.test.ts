import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../auth/viewer.js';
import { createLogger } from '../log/logger.js';
import { type ServedSubgraph, serveSubgraph } from '../server/serve-subgraph.js';
import { createSubgraph } from '../subgraph/create-subgraph.js';
import { createHttpPeers } from './http-peers.js';
import { createInProcessPeers } from './in-process-peers.js';
import type { Peers } from './peers.js';

const secret = 'a-shared-secret-of-at-least-32-characters';
const logger = createLogger({ level: 'silent' });
const app = createSubgraph<{ viewer: Viewer }>({
  name: 'prices',
  sdl: 'type Query { price(id: ID!): String! }',
  resolvers: {
    Query: {
      price: (_parent: unknown, { id }: { id: string }, { viewer }: { viewer: Viewer }) =>
        `${id} for ${viewer.kind === 'service' ? viewer.service : 'nobody'}`,
    },
  },
  logger,
  createContext: ({ viewer }) => ({ viewer }),
});

describe('peers', () => {
  let served: ServedSubgraph;
  beforeAll(async () => {
    served = await serveSubgraph(app, { host: '127.0.0.1', port: 0, secret, logger, drainMs: 200 });
  });
  afterAll(async () => served.stop());

  const both = (): [string, Peers][] => [
    [
      'in process',
      createInProcessPeers({ service: 'orders', appOf: (name) => (name === 'prices' ? app : undefined) }),
    ],
    [
      'over HTTP',
      createHttpPeers({
        service: 'orders',
        secret,
        urlOf: (name) => (name === 'prices' ? served.url : 'http://127.0.0.1:1'),
      }),
    ],
  ];

  it('ask as the service they belong to', async () => {
    for (const [, peers] of both()) {
      const query = 'query ($id: ID!) { price(id: $id) }';
      const { data } = await peers.execute('prices', { query, variables: { id: 'v1' } });
      expect({ ...data }).toEqual({ price: 'v1 for orders' });
    }
  });

  it('say that a peer is away, as something to try again', async () => {
    for (const [, peers] of both()) {
      await expect(peers.execute('nowhere', { query: '{ a }' })).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        retryable: true,
      });
    }
  });
});
