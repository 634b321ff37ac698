import { serveSubgraph } from '@souk/kit/server';
import { expect, it } from 'vitest';
import { createCachedShop } from '../__fixtures__/cached-shop.js';
import { freePort } from '@souk/testkit/servers';
import { silent } from '../__fixtures__/tiny-shop.js';
import { readConfig } from '../config.js';
import { httpEventLogs } from './http-event-logs.js';

const secret = 'a-secret-of-thirty-two-characters-or-more';

it('reads the events of a subgraph from one of its replicas, and from the next one when that fails', async () => {
  const shop = createCachedShop();
  const [products] = shop.apps;
  if (!products) throw new Error('the shop has no products');
  const served = await serveSubgraph(products, { host: '127.0.0.1', port: 0, secret, logger: silent });
  try {
    const gone = `http://127.0.0.1:${await freePort()}/graphql`;
    const urls = [gone, `${served.url}/graphql`];
    const environment = {
      SUBGRAPH_URLS: urls.map((url) => `products=${url}`).join(','),
      SOUK_INTERNAL_SECRET: secret,
    };
    const log = httpEventLogs(
      readConfig(environment),
      {},
    )({ name: 'products', url: 'http://products/graphql' });
    if (!log) throw new Error('there is no log');
    await expect(log.read(0, 10)).rejects.toThrow();
    const { signal } = new AbortController();
    const waiting = log.waitBeyond(0, 20_000, signal);
    shop.rename('p1', 'Lantern');
    await waiting;
    expect(await log.read(0, 10)).toMatchObject([{ type: 'product.updated', payload: { productId: 'p1' } }]);
    expect(await log.head()).toBe(1);
  } finally {
    await served.stop();
  }
});

it('reads none without the secret that signs requests', () => {
  expect(
    httpEventLogs(readConfig({}), {})({ name: 'products', url: 'http://products/graphql' }),
  ).toBeUndefined();
});
