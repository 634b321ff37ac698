import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadConfig, subgraphUrls } from './index.js';

const parse = (text: string) =>
  loadConfig(z.object({ SUBGRAPH_URLS: subgraphUrls }), { SUBGRAPH_URLS: text });

test('tells where each subgraph is, and what to do about one it does not know', () => {
  const urlOf = parse('users=http://127.0.0.1:4101/, orders=http://orders:80/base').SUBGRAPH_URLS;
  expect([urlOf('users'), urlOf('orders')]).toEqual(['http://127.0.0.1:4101', 'http://orders:80/base']);
  expect(() => urlOf('payments')).toThrow('Add payments=<url> to SUBGRAPH_URLS');
});

test.each(['users', '=http://x', 'users=nowhere'])('%j is a problem named in the message', (text) => {
  expect(() => parse(text)).toThrow(/SUBGRAPH_URLS: .* is not name=url/);
});
