import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANONYMOUS } from '@souk/kit/auth';
import { createLogger } from '@souk/kit/log';
import { afterEach, expect, it } from 'vitest';
import { readConfig } from '../config.js';
import { checkOptions } from '../configuration/check-options.js';
import { httpSubgraphs } from './http-subgraphs.js';
import type { SubgraphTransport } from './subgraph-transport.js';

const servers: Server[] = [];
const transports: SubgraphTransport[] = [];
afterEach(async () => {
  await Promise.all(transports.splice(0).map((transport) => transport.close(50)));
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** A subgraph that answers its name, or never. */
async function subgraph(name?: string): Promise<string> {
  const server = createServer((request, response) => {
    if (name !== undefined)
      request.resume().on('end', () => response.end(JSON.stringify({ data: { name } })));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

/** Who answers a few questions to the subgraph `stock`. */
async function answering(
  environment: Record<string, string>,
  options: unknown,
  url: string,
): Promise<Set<unknown>> {
  const { subgraphs = {} } = checkOptions(options);
  const logger = createLogger({ level: 'silent' });
  const transport = httpSubgraphs(readConfig(environment), subgraphs, logger)({ name: 'stock', url });
  transports.push(transport);
  const context = { viewer: ANONYMOUS, requestId: 'request-0001' };
  const answers = Array.from({ length: 6 }, () => transport.execute({ query: '{ name }', context }));
  return new Set((await Promise.all(answers)).map(({ data }) => data?.['name']));
}

it('finds subgraphs by their options, else by SUBGRAPH_URLS, else by the supergraph', async () => {
  const [a, b, c, d, e] = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(subgraph));
  const url = String(a);
  const environment = { SUBGRAPH_URLS: `stock=${b},users=${a},stock=${c}` };
  const options = { subgraphs: { stock: { urls: [d, e] } } };
  expect(await answering({}, {}, url)).toEqual(new Set(['a']));
  expect(await answering(environment, {}, url)).toEqual(new Set(['b', 'c']));
  expect(await answering(environment, options, url)).toEqual(new Set(['d', 'e']));
});

it('gives each subgraph the time that its options say, else that of the environment', async () => {
  const silent = await subgraph();
  const environment = { SUBGRAPH_TIMEOUT_MS: '60' };
  await expect(answering(environment, {}, silent)).rejects.toThrow('did not answer within 60 ms');
  const options = { subgraphs: { stock: { timeoutMs: 30 } } };
  await expect(answering(environment, options, silent)).rejects.toThrow('did not answer within 30 ms');
});
