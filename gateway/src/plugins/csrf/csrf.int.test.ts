import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../../__fixtures__/tiny-shop.js';

let shop: TinyShop;
let running: RunningGateway;
beforeAll(async () => {
  shop = createTinyShop();
  running = await startGateway(shop.apps);
});
afterAll(() => running.stop());

const NOTE = 'mutation { addNote(text: "planted") }';

/** What a page on another site can make a browser send without asking first. */
it.each([
  ['a form', 'application/x-www-form-urlencoded', `query=${encodeURIComponent(NOTE)}`],
  ['plain text', 'text/plain', JSON.stringify({ query: NOTE })],
  [
    'a multipart form',
    'multipart/form-data; boundary=x',
    `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: NOTE })}\r\n--x--`,
  ],
  ['JSON in disguise', 'text/plain; application/json', JSON.stringify({ query: NOTE })],
  ['nothing named', '', JSON.stringify({ query: NOTE })],
])('another site cannot plant a mutation by %s', async (_what, type, body) => {
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': type, origin: 'https://evil.test', cookie: 'session=stolen' },
    body,
  });
  expect([response.status, response.headers.get('accept-post'), shop.notes]).toEqual([
    415,
    'application/json',
    [],
  ]);
});

it.each(['query={__typename}', 'extensions={"persistedQuery":{"version":1}}', 'documentId=abc'])(
  'a picture cannot run a query: ?%s',
  async (search) => {
    const get = (headers: Record<string, string>) =>
      fetch(`${running.url}/graphql?${search}`, { headers: { accept: 'image/*,*/*;q=0.8', ...headers } });
    const refused = await get({});
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
    ]);
    expect((await get({ 'apollo-require-preflight': 'true' })).status).not.toBe(403);
    expect((await get({ accept: 'application/json' })).status).not.toBe(403);
  },
);
