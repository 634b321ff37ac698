import { serveSubgraph, type ServedSubgraph } from '@souk/kit/server';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTinyShop, silent } from '../__fixtures__/tiny-shop.js';

// Subgraphs are asked by the gateway alone, but any client of GraphQL over HTTP finds what the specification says.

let served: ServedSubgraph;
beforeAll(async () => {
  const [products] = createTinyShop().apps;
  if (!products) throw new Error('The tiny shop has no subgraphs.');
  const secret = 'a-secret-of-thirty-two-characters-or-more';
  served = await serveSubgraph(products, {
    host: '127.0.0.1',
    port: 0,
    secret,
    logger: silent,
    drainMs: 100,
  });
});
afterAll(() => served.stop());

it.each(
  serverAudits({ url: () => `${served.url}/graphql` }).map((audit) => [audit.id, audit.name, audit] as const),
)('a subgraph breaks no rule of GraphQL over HTTP: %s %s', async (_id, _name, audit) => {
  const result = await audit.fn();
  expect(result.status === 'error' ? `error: ${result.reason}` : 'no error').toBe('no error');
});
