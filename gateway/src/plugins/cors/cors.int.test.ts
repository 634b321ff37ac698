import { afterEach, describe, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop } from '../../__fixtures__/tiny-shop.js';
import type { CorsOptions } from './cors.js';

const FRIEND = 'https://friend.test';
let running: RunningGateway;
const start = async (cors: CorsOptions): Promise<void> => {
  running = await startGateway(createTinyShop().apps, { options: { cors } });
};
afterEach(() => running.stop());

const preflight = (origin: string) =>
  fetch(`${running.url}/graphql`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  });
const asked = async (origin: string) =>
  (await running.ask('{ __typename }', { headers: { origin } })).headers;
const allowedOrigin = (headers: Headers) => headers.get('access-control-allow-origin');

describe('a page of another origin', () => {
  it('may ask if it is listed, and need not ask again for a while', async () => {
    await start({ origins: [FRIEND] });
    const { status, headers } = await preflight(FRIEND);
    expect([status, allowedOrigin(headers)]).toEqual([204, FRIEND]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-methods': 'GET, POST',
      'access-control-max-age': '7200',
      vary: 'origin',
    });
    expect(headers.get('access-control-allow-headers')?.split(', ')).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'idempotency-key', 'x-cart-token']),
    );
  });

  it('may read what an answer says about itself, and caches keep origins apart', async () => {
    await start({ origins: [FRIEND] });
    const headers = await asked(FRIEND);
    expect(allowedOrigin(headers)).toBe(FRIEND);
    expect(headers.get('access-control-expose-headers')?.split(', ')).toEqual(
      expect.arrayContaining(['age', 'etag', 'ratelimit-remaining', 'retry-after', 'x-request-id']),
    );
    expect(headers.get('vary')?.split(', ')).toContain('origin');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it.each([
    'https://evil.test',
    'https://friend.test.evil.test',
    'http://friend.test',
    'null',
    'https://FRIEND.test',
  ])('is told nothing if it is not listed exactly: %s', async (origin) => {
    await start({ origins: [FRIEND] });
    for (const headers of [(await preflight(origin)).headers, await asked(origin)]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(headers.get('vary')).toContain('origin');
    }
  });

  it('may send cookies, and more headers, only where that is chosen', async () => {
    await start({
      origins: [FRIEND],
      credentials: true,
      allowHeaders: ['x-tenant'],
      exposeHeaders: ['x-node'],
    });
    const { headers } = await preflight(FRIEND);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-headers')).toMatch(/, x-tenant$/);
    const answered = await asked(FRIEND);
    expect(answered.get('access-control-allow-credentials')).toBe('true');
    expect(answered.get('access-control-expose-headers')).toMatch(/, x-node$/);
    expect((await asked('https://evil.test')).get('access-control-allow-credentials')).toBeNull();
  });

  it('may ask whoever it is where all may: each is echoed', async () => {
    await start({ origins: ['*'] });
    expect(allowedOrigin((await preflight('https://any.test')).headers)).toBe('https://any.test');
  });
});

it('a page of our own origin needs no list', async () => {
  await start({});
  expect(allowedOrigin(await asked(running.url))).toBe(running.url);
});

it('whoever sends no origin gets no CORS headers, but the same vary for caches between', async () => {
  await start({ origins: [FRIEND] });
  const { headers } = await running.ask('{ __typename }');
  expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  expect(headers.get('vary')).toBe('accept, accept-encoding, origin');
});
