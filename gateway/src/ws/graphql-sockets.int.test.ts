import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { openSocket, type SocketClient } from '../__fixtures__/socket-client.js';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../__fixtures__/tiny-shop.js';
import { createTokenMint, type TokenMint } from '../__fixtures__/tokens.js';

let mint: TokenMint;
let shop: TinyShop;
let running: RunningGateway;
beforeEach(async () => {
  mint = await createTokenMint();
  shop = createTinyShop();
  running = await startGateway(shop.apps, {
    issuers: [mint.issuer],
    options: { cors: { origins: ['https://friend.test'] }, server: { bodyLimit: 10_000 } },
  });
});
afterEach(() => running.stop());

const open = async (init?: object) => {
  const client = await openSocket(running.port, init ? { init } : {});
  expect(await client.next()).toEqual({ type: 'connection_ack' });
  return client;
};

describe('a GraphQL socket', () => {
  it('runs queries and mutations as HTTP does', async () => {
    const client = await open();
    client.subscribe('1', 'query Q($id: ID!) { product(id: $id) { name stock } }', { id: 'p1' });
    expect(await client.next()).toEqual({
      id: '1',
      type: 'next',
      payload: { data: { product: { name: 'Lamp', stock: 3 } } },
    });
    expect(await client.next()).toEqual({ id: '1', type: 'complete' });
    client.subscribe('2', 'mutation { addNote(text: "by socket") }');
    expect(await client.next()).toMatchObject({ id: '2', type: 'next' });
    expect(shop.notes).toEqual(['by socket']);
  });

  it("knows the viewer and the guest's cart from connection_init", async () => {
    const token = await mint.sign({ sub: 'u1', roles: ['STAFF'] });
    const client = await open({ Authorization: `Bearer ${token}`, 'x-cart-token': 'c_1' });
    client.subscribe('1', '{ whoami secretStock }');
    expect(await client.next()).toMatchObject({ payload: { data: { whoami: 'u1 STAFF', secretStock: 99 } } });
    expect(shop.seen).toMatchObject([{ cartToken: 'c_1' }]);
  });

  it.each([
    ['a syntax error', '{ products {', /Syntax Error/],
    ['an unknown field', '{ nothing }', /Cannot query field "nothing"/],
    ['a missing variable', 'query Q($id: ID!) { product(id: $id) { name } }', /\$id/],
  ])('answers %s for that operation and stays open', async (_what, query, message) => {
    const client = await open();
    client.subscribe('bad', query);
    expect(await client.next()).toMatchObject({
      id: 'bad',
      type: 'error',
      payload: [
        { message: expect.stringMatching(message) as string, extensions: { code: 'BAD_USER_INPUT' } },
      ],
    });
    client.subscribe('good', '{ whoami }');
    expect(await client.next()).toMatchObject({ id: 'good', type: 'next' });
  });
});

/** A client that was seen to subscribe before its token ran out, if that was in time. */
async function subscribedForSeconds(): Promise<SocketClient | undefined> {
  const token = await mint.sign({ sub: 'u1' }, Math.floor(Date.now() / 1_000) + 4);
  const client = await openSocket(running.port, { init: { authorization: `Bearer ${token}` } });
  let isOver = false;
  void client.closed.then(() => (isOver = true));
  const ready = await Promise.race([client.next(), client.closed.then(() => undefined)]);
  if (ready?.type !== 'connection_ack') return undefined;
  client.subscribe('1', 'subscription { priceChanged { id } }');
  await until(() => isOver || shop.priceChanges.open === 1);
  return isOver ? undefined : client;
}

describe('who may connect', () => {
  it.each([
    ['forged', () => mint.forge({ sub: 'u1' })],
    ['expired', () => mint.sign({ sub: 'u1' }, 1)],
    ['not even a token', async () => 'x'],
  ])('closes with 4403 when the token is %s', async (_what, token) => {
    const client = await openSocket(running.port, { init: { authorization: `Bearer ${await token()}` } });
    const { code, reason } = await client.closed;
    expect([code, reason]).toEqual([4403, expect.stringMatching(/Sign in again|refreshSession/)]);
  });

  it('closes with 4403 when the token runs out, and lets its subscriptions go', async () => {
    // Planned before the token lives: on a busy machine that takes longer than it does.
    const guest = await open();
    guest.subscribe('1', 'subscription { priceChanged { id } }');
    await until(() => shop.priceChanges.open === 1);
    guest.close();
    await until(() => shop.priceChanges.open === 0);
    // On a machine that pauses the token may run out on its way, or the subscription be over before it is seen.
    let client = await subscribedForSeconds();
    while (!client) client = await subscribedForSeconds();
    expect(await client.closed).toEqual({
      code: 4403,
      reason: expect.stringContaining('Connect again') as string,
    });
    await until(() => shop.priceChanges.open === 0);
  });

  it('refuses pages of foreign origins before the handshake, and takes our own and listed ones', async () => {
    await expect(openSocket(running.port, { headers: { origin: 'https://evil.test' } })).rejects.toThrow(
      '403',
    );
    for (const origin of [`http://127.0.0.1:${running.port}`, 'https://friend.test']) {
      const client = await openSocket(running.port, { headers: { origin } });
      expect(await client.next()).toEqual({ type: 'connection_ack' });
    }
  });

  it('refuses upgrades elsewhere', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${running.port}/elsewhere`, 'graphql-transport-ws');
    expect(await new Promise((resolve) => socket.once('error', (error) => resolve(error.message)))).toContain(
      '404',
    );
  });

  it("closes with the protocol's codes on silence, impatience, nonsense and size", async () => {
    const hasty = await startGateway(shop.apps, { options: { sockets: { initTimeoutMs: 100 } } });
    const silent = await openSocket(hasty.port, { init: false });
    expect((await silent.closed).code).toBe(4408);
    await hasty.stop();
    const impatient = await openSocket(running.port, { init: false });
    impatient.subscribe('1', '{ whoami }');
    expect((await impatient.closed).code).toBe(4401);
    const confused = await open();
    confused.socket.send('{"type": "what"}');
    expect((await confused.closed).code).toBe(4400);
    const large = await open();
    large.subscribe('1', `{ whoami } # ${'x'.repeat(20_000)}`);
    expect((await large.closed).code).toBe(1009);
    expect((await running.ask('{ whoami }')).status).toBe(200);
  });
});
