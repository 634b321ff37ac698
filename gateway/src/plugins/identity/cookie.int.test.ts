import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSocket } from '../../__fixtures__/socket-client.js';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../../__fixtures__/tiny-shop.js';
import { createTokenMint, type TokenMint } from '../../__fixtures__/tokens.js';

const FRIEND = 'https://friend.test';
let mint: TokenMint;
let shop: TinyShop;
let running: RunningGateway;
let cookie: string;
beforeEach(async () => {
  mint = await createTokenMint();
  shop = createTinyShop();
  running = await startGateway(shop.apps, {
    issuers: [mint.issuer],
    options: {
      identity: { cookie: { name: '__Host-souk' } },
      cors: { origins: [FRIEND], credentials: true },
    },
  });
  cookie = `theme=dark; __Host-souk=${await mint.sign({ sub: 'u1' })}; souk=x`;
});
afterEach(() => running.stop());

const whoami = async (headers: Record<string, string>) => {
  const { status, data, errors } = await running.ask('{ whoami }', { headers });
  return [status, data ?? errors?.[0]?.extensions?.['code']];
};
const get = async (headers: Record<string, string>, accept = 'application/json') => {
  const response = await fetch(`${running.url}/graphql?query={whoami}`, { headers: { accept, ...headers } });
  return [response.status, await response.text()];
};
const ME = { whoami: 'u1 ' };

describe('a token in a cookie', () => {
  it('proves who asks by POST, which no other site can send as JSON', async () => {
    expect(await whoami({ cookie })).toEqual([200, ME]);
    expect(await whoami({ cookie, origin: running.url })).toEqual([200, ME]);
    expect(await whoami({ cookie, origin: FRIEND })).toEqual([200, ME]);
    expect(await whoami({ cookie: 'theme=dark' })).toEqual([200, { whoami: 'anonymous' }]);
    expect(await whoami({ cookie: '__Host-souk=' })).toEqual([200, { whoami: 'anonymous' }]);
    expect(await whoami({ cookie: '__Host-souk="x.y.z"' })).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('counts less than a header', async () => {
    const authorization = `Bearer ${await mint.sign({ sub: 'u2' })}`;
    expect(await whoami({ cookie, authorization })).toEqual([200, { whoami: 'u2 ' }]);
    expect(await whoami({ cookie, authorization: 'Basic x' })).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('does not count by a GET that any page could have sent', async () => {
    const [status, text] = await get({ cookie });
    expect(status).toBe(403);
    expect(text).toContain('apollo-require-preflight');
    expect(shop.seen).toEqual([]);
    expect(await get({ cookie, 'apollo-require-preflight': 'true' })).toMatchObject([200, /u1/]);
    // Without the cookie nothing is at stake.
    expect(await get({})).toMatchObject([200, /anonymous/]);
  });

  it('does not count for pages of other sites', async () => {
    expect(await whoami({ cookie, origin: 'https://foe.test' })).toEqual([403, 'FORBIDDEN']);
    expect(await whoami({ cookie, origin: 'null' })).toEqual([403, 'FORBIDDEN']);
    expect(shop.seen).toEqual([]);
    // All may ask, but not in their visitor's name.
    running.gateway.configure({ identity: { cookie: { name: '__Host-souk' } }, cors: { origins: ['*'] } });
    expect(await whoami({ cookie, origin: 'https://foe.test' })).toEqual([403, 'FORBIDDEN']);
    expect(await whoami({ origin: 'https://foe.test' })).toEqual([200, { whoami: 'anonymous' }]);
  });

  it('is for nothing where no cookie was configured', async () => {
    running.gateway.configure({});
    expect(await whoami({ cookie })).toEqual([200, { whoami: 'anonymous' }]);
  });

  it('opens event streams by the same rules', async () => {
    const events = 'text/event-stream';
    expect((await get({ cookie }, events))[0]).toBe(403);
    const asked = await get({ cookie, 'x-requested-with': 'souk' }, events);
    expect(asked).toMatchObject([200, /u1/]);
  });
});

describe('a token in a cookie of a WebSocket', () => {
  const open = (headers: Record<string, string>, init: object = {}) =>
    openSocket(running.port, { headers, init });

  it.each([
    ['no browser', {}],
    ['our own page', 'own'],
    ['a page we trust', { origin: FRIEND }],
  ])('proves who asks: %s', async (_who, headers) => {
    const from = headers === 'own' ? { origin: running.url } : (headers as Record<string, string>);
    const client = await open({ cookie, ...from });
    expect(await client.next()).toEqual({ type: 'connection_ack' });
    client.subscribe('1', '{ whoami }');
    expect(await client.next()).toMatchObject({ payload: { data: ME } });
    client.close();
  });

  it('counts less than what connection_init says', async () => {
    const client = await open({ cookie }, { authorization: `Bearer ${await mint.sign({ sub: 'u2' })}` });
    expect(await client.next()).toEqual({ type: 'connection_ack' });
    client.subscribe('1', '{ whoami }');
    expect(await client.next()).toMatchObject({ payload: { data: { whoami: 'u2 ' } } });
    client.close();
  });

  it('does not count for pages of other sites, even where all may connect', async () => {
    running.gateway.configure({ identity: { cookie: { name: '__Host-souk' } }, cors: { origins: ['*'] } });
    const client = await open({ cookie, origin: 'https://foe.test' });
    expect((await client.closed).code).toBe(4403);
  });
});
