import { until } from '@souk/testkit/waiting';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  encodeFrame,
  OPCODE,
  openRawWebSocket,
  type RawWebSocket,
  type RawWebSocketOptions,
} from '../__fixtures__/raw-websocket.js';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../__fixtures__/tiny-shop.js';
import { createTokenMint, type TokenMint } from '../__fixtures__/tokens.js';
import { optionsSchema } from '../configuration/options-schema.js';

// Every rule of graphql-transport-ws, and of what lies below it, told byte by byte.

let mint: TokenMint;
let shop: TinyShop;
let running: RunningGateway;
beforeAll(async () => {
  mint = await createTokenMint();
  shop = createTinyShop();
  running = await startGateway(shop.apps, {
    issuers: [mint.issuer],
    options: { cors: { origins: ['https://friend.test'] }, sockets: { maxOperations: 5 } },
  });
});
afterAll(() => running.stop());

const INIT = { type: 'connection_init' };
const NAME = '{ product(id: "p1") { name } }';
const WATCH = 'subscription { priceChanged { price } }';
const subscribe = (id: string, query = NAME, more: object = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, ...more },
});
const open = (options?: RawWebSocketOptions): Promise<RawWebSocket> =>
  openRawWebSocket(running.port, options);
async function acknowledged(): Promise<RawWebSocket> {
  const socket = await open();
  socket.send(INIT);
  expect(await socket.next()).toEqual({ type: 'connection_ack' });
  return socket;
}
/** A socket that still answers has not been harmed. */
async function expectAlive(socket: RawWebSocket): Promise<void> {
  socket.send(subscribe('alive'));
  expect(await socket.next()).toEqual({
    id: 'alive',
    type: 'next',
    payload: { data: { product: { name: 'Lamp' } } },
  });
  expect(await socket.next()).toEqual({ id: 'alive', type: 'complete' });
  socket.end();
}
const ERROR = [{ message: expect.any(String) as string, extensions: { code: 'BAD_USER_INPUT' } }];

describe('the handshake', () => {
  it('chooses graphql-transport-ws, also from several', async () => {
    for (const protocol of ['graphql-transport-ws', 'graphql-ws, graphql-transport-ws']) {
      const socket = await open({ protocol });
      expect(socket.handshake).toMatch(/^HTTP\/1\.1 101 /);
      expect(socket.handshake.toLowerCase()).toContain('sec-websocket-protocol: graphql-transport-ws');
      socket.end();
    }
  });

  it.each([
    ['no protocol', null],
    ['the protocol of old', 'graphql-ws'],
    ['a protocol nobody knows', 'soap'],
  ])('closes with 4406 for %s', async (_what, protocol) => {
    const socket = await open({ protocol });
    expect(await socket.closed()).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' });
  });

  it.each([
    ['a foreign origin', { headers: { origin: 'https://evil.test' } }, 403],
    [
      'an origin that only looks like a friend',
      { headers: { origin: 'https://friend.test.evil.test' } },
      403,
    ],
    ['the origin of a sandboxed frame', { headers: { origin: 'null' } }, 403],
    ['another path', { path: '/elsewhere' }, 404],
    ['another version', { headers: { 'sec-websocket-version': '7' } }, 400],
    ['a key that is none', { headers: { 'sec-websocket-key': 'short' } }, 400],
    ['a method other than GET', { method: 'POST' }, 405],
  ])('refuses %s', async (_what, options, status) => {
    const socket = await open(options);
    expect(socket.handshake).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(await socket.nextFrame()).toBeUndefined();
  });

  it.each([
    ['no origin', {}],
    ['a listed origin', { origin: 'https://friend.test' }],
    ['its own origin', { origin: 'http://127.0.0.1' }],
  ])('takes %s', async (_what, headers) => {
    const socket = await open({ headers });
    socket.send(INIT);
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    socket.end();
  });
});

describe('connection_init', () => {
  it('is acknowledged for anonymous clients, with and without a payload', async () => {
    for (const payload of [undefined, null, {}]) {
      const socket = await open();
      socket.send({ ...INIT, payload });
      expect(await socket.next()).toEqual({ type: 'connection_ack' });
      await expectAlive(socket);
    }
  });

  it('closes with 4408 if it does not come', async () => {
    const hasty = await startGateway(shop.apps, { options: { sockets: { initTimeoutMs: 100 } } });
    const socket = await openRawWebSocket(hasty.port);
    expect(await socket.closed()).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
    await hasty.stop();
  });

  it('is waited for at most ten seconds', () => {
    expect(() => optionsSchema.parse({ sockets: { initTimeoutMs: 10_001 } })).toThrow();
    expect(() => optionsSchema.parse({ sockets: { initTimeoutMs: 0 } })).toThrow();
  });

  it('closes with 4429 if it comes twice, whether acknowledged in between or not', async () => {
    const patient = await acknowledged();
    patient.send(INIT);
    expect(await patient.closed()).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
    const hasty = await open();
    hasty.write(Buffer.concat([frameOf(INIT), frameOf(INIT)]));
    expect((await hasty.closed()).code).toBe(4429);
  });

  it('closes with 4403 if its token does not hold', async () => {
    for (const token of [await mint.forge({ sub: 'u1' }), await mint.sign({ sub: 'u1' }, 1), 'x']) {
      const socket = await open();
      socket.send({ ...INIT, payload: { authorization: `Bearer ${token}` } });
      expect(await socket.closed()).toMatchObject({ code: 4403 });
    }
  });

  it('closes with 1013 if its token cannot be checked right now: the client may try again', async () => {
    const jwks = (): Promise<never> => Promise.reject(new Error('the issuer is away'));
    const blind = await startGateway(shop.apps, { issuers: [{ ...mint.issuer, jwks }] });
    const socket = await openRawWebSocket(blind.port);
    socket.send({ ...INIT, payload: { authorization: `Bearer ${await mint.sign({ sub: 'u1' })}` } });
    expect((await socket.closed()).code).toBe(1013);
    await blind.stop();
  });

  it('closes with 4403 once its token has run out', async () => {
    const socket = await open();
    const token = await mint.sign({ sub: 'u1' }, Math.floor(Date.now() / 1_000) + 2);
    socket.send({ ...INIT, payload: { authorization: `Bearer ${token}` } });
    expect(await socket.closed()).toMatchObject({ code: 4403 });
  });

  it('closes with 4400 if its payload is no object', async () => {
    for (const payload of ['x', 7, true, []]) {
      const socket = await open();
      socket.send({ ...INIT, payload });
      expect((await socket.closed()).code).toBe(4400);
    }
  });
});

describe('subscribe', () => {
  it('closes with 4401 before the acknowledgement', async () => {
    const socket = await open();
    socket.send(subscribe('1'));
    expect(await socket.closed()).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  it('closes with 4409 if the id is in use, and takes it again afterwards', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('1', WATCH));
    await until(() => shop.priceChanges.open === 1);
    socket.send(subscribe('1', WATCH));
    expect(await socket.closed()).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' });
    await until(() => shop.priceChanges.open === 0);

    const long = await acknowledged();
    for (let twice = 0; twice < 2; twice += 1) long.send(subscribe('💡'.repeat(100), WATCH));
    expect((await long.closed()).code).toBe(4409);

    const again = await acknowledged();
    for (let round = 0; round < 3; round += 1) {
      again.send(subscribe('1'));
      expect(await again.next()).toMatchObject({ id: '1', type: 'next' });
      expect(await again.next()).toEqual({ id: '1', type: 'complete' });
    }
    again.end();
  });

  it.each([
    ['a syntax error', '{ product('],
    ['an empty document', ''],
    ['an unknown field', '{ nothing }'],
    ['a missing variable', 'query Q($id: ID!) { product(id: $id) { name } }'],
    ['an operation that is not there', 'query A { __typename } query B { __typename }'],
    ['a fragment only', 'fragment F on Query { __typename }'],
    ['definitions of types', 'type Query { secret: String }'],
  ])('answers %s with an error of that operation, and nothing closes', async (_what, query) => {
    const socket = await acknowledged();
    socket.send(subscribe('bad', query));
    expect(await socket.next()).toMatchObject({ id: 'bad', type: 'error', payload: ERROR });
    await expectAlive(socket);
  });

  it('tells `next` and `complete` for queries, mutations and streams, each under its id', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('watch', WATCH));
    await until(() => shop.priceChanges.open === 1);
    socket.send(subscribe('note', 'mutation { addNote(text: "raw") }'));
    expect(await socket.next()).toEqual({ id: 'note', type: 'next', payload: { data: { addNote: 'raw' } } });
    expect(await socket.next()).toEqual({ id: 'note', type: 'complete' });
    shop.priceChanges.push({ priceChanged: { id: 'p1', price: 12 } });
    expect(await socket.next()).toEqual({
      id: 'watch',
      type: 'next',
      payload: { data: { priceChanged: { price: 12 } } },
    });
    shop.priceChanges.end();
    expect(await socket.next()).toEqual({ id: 'watch', type: 'complete' });
    await expectAlive(socket);
  });

  it('takes operations up to a number at once, and says so to more', async () => {
    const socket = await acknowledged();
    for (let id = 1; id <= 5; id += 1) socket.send(subscribe(`s${id}`, WATCH));
    await until(() => shop.priceChanges.open === 5);
    socket.send(subscribe('s6', WATCH));
    expect(await socket.next()).toMatchObject({
      id: 's6',
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED', retryable: true } }],
    });
    socket.send({ id: 's1', type: 'complete' });
    await until(() => shop.priceChanges.open === 4);
    await expectAlive(socket);
    await until(() => shop.priceChanges.open === 0);
  });
});

describe('complete', () => {
  it('ends a stream, also one that is still being opened, and is silent for what is not there', async () => {
    const socket = await acknowledged();
    socket.send({ id: 'nothing', type: 'complete' });
    socket.send(subscribe('1', WATCH));
    await until(() => shop.priceChanges.open === 1);
    socket.send({ id: '1', type: 'complete' });
    await until(() => shop.priceChanges.open === 0);
    socket.write(Buffer.concat([frameOf(subscribe('2', WATCH)), frameOf({ id: '2', type: 'complete' })]));
    await expectAlive(socket);
    await until(() => shop.priceChanges.open === 0);
  });
});

describe('ping and pong', () => {
  it('a ping is answered with its payload, before and after the acknowledgement', async () => {
    const socket = await open();
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
    socket.send(INIT);
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    socket.send({ type: 'ping', payload: { at: 1 } });
    expect(await socket.next()).toEqual({ type: 'pong', payload: { at: 1 } });
    socket.send({ type: 'pong', payload: { unasked: true } });
    await expectAlive(socket);
  });

  it('those of the WebSocket itself, too, also between the frames of a message', async () => {
    const socket = await acknowledged();
    socket.write(encodeFrame(OPCODE.ping, 'hello'));
    expect(await socket.nextFrame()).toEqual({ opcode: OPCODE.pong, payload: Buffer.from('hello') });
    const text = JSON.stringify(subscribe('1'));
    socket.write(encodeFrame(OPCODE.text, text.slice(0, 10), { fin: false }));
    socket.write(encodeFrame(OPCODE.ping, ''));
    expect(await socket.nextFrame()).toMatchObject({ opcode: OPCODE.pong });
    socket.write(encodeFrame(OPCODE.continuation, text.slice(10)));
    expect(await socket.next()).toMatchObject({ id: '1', type: 'next' });
    socket.end();
  });
});

describe('messages', () => {
  it.each<[string, unknown]>([
    ['no JSON', '{"type":'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', [INIT]],
    ['a text', '"connection_init"'],
    ['no type', {}],
    ['a type nobody knows', { type: 'start', id: '1' }],
    ['a type of another kind', { type: 7 }],
    ['the type of every object', { type: 'toString' }],
    ['a message only servers send', { type: 'connection_ack' }],
    ['subscribe without an id', { type: 'subscribe', payload: { query: NAME } }],
    ['subscribe with an empty id', { id: '', type: 'subscribe', payload: { query: NAME } }],
    ['subscribe with a number as id', { id: 1, type: 'subscribe', payload: { query: NAME } }],
    ['subscribe without a payload', { id: '1', type: 'subscribe' }],
    ['subscribe without a query', { id: '1', type: 'subscribe', payload: {} }],
    ['a number as query', subscribe('1', 7 as unknown as string)],
    ['variables as text', subscribe('1', NAME, { variables: 'x' })],
    ['variables as a list', subscribe('1', NAME, { variables: [1] })],
    ['a number as operation name', subscribe('1', NAME, { operationName: 7 })],
    ['extensions as text', subscribe('1', NAME, { extensions: 'x' })],
    ['complete without an id', { type: 'complete' }],
    ['ping with a text', { type: 'ping', payload: 'x' }],
  ])('close with 4400: %s', async (_what, message) => {
    const socket = await acknowledged();
    socket.send(message);
    const { code, reason } = await socket.closed();
    expect([code, reason]).toEqual([4400, 'Invalid message received']);
  });

  it('close with 4400 if they are binary', async () => {
    const socket = await acknowledged();
    socket.write(encodeFrame(OPCODE.binary, JSON.stringify(subscribe('1'))));
    expect((await socket.closed()).code).toBe(4400);
  });

  it('that follow a mistake are not heard any more', async () => {
    const before = shop.notes.length;
    const socket = await open();
    const late = subscribe('1', 'mutation { addNote(text: "late") }');
    socket.write(Buffer.concat([frameOf(INIT), frameOf(INIT), frameOf(late)]));
    expect((await socket.closed()).code).toBe(4429);
    await expectAlive(await acknowledged());
    expect(shop.notes).toHaveLength(before);
  });

  it('may use any id, those of JavaScript’s own objects included', async () => {
    for (const id of ['__proto__', 'constructor', 'toString', '\u0000', '💡'.repeat(100)]) {
      const socket = await acknowledged();
      socket.send(subscribe(id));
      expect(await socket.next()).toMatchObject({ id, type: 'next' });
      socket.end();
    }
  });
});

describe('frames', () => {
  it('may come in pieces, down to single bytes', async () => {
    const socket = await acknowledged();
    const text = Buffer.from(JSON.stringify(subscribe('1')));
    text.forEach((byte, at) => {
      const opcode = at === 0 ? OPCODE.text : OPCODE.continuation;
      socket.write(encodeFrame(opcode, Buffer.from([byte]), { fin: at === text.length - 1 }));
    });
    expect(await socket.next()).toMatchObject({ id: '1', type: 'next' });
    for (const byte of frameOf(subscribe('2'))) socket.write(Buffer.from([byte]));
    for (;;) {
      const message = await socket.next();
      if (JSON.stringify(message).includes('"2"')) break;
    }
    socket.end();
  });

  const tooLarge = 1_048_577;
  it.each<[string, number, Buffer]>([
    ['one byte too many', 1009, encodeFrame(OPCODE.text, 'x'.repeat(tooLarge))],
    ['a length that is a lie', 1009, encodeFrame(OPCODE.text, '', { claimedLength: 2 ** 40 })],
    ['a length no number can hold', 1009, encodeFrame(OPCODE.text, '', { claimedLength: 2 ** 60 })],
    [
      'pieces that are too much together',
      1009,
      Buffer.concat([
        encodeFrame(OPCODE.text, 'x'.repeat(600_000), { fin: false }),
        encodeFrame(OPCODE.continuation, 'x'.repeat(600_000)),
      ]),
    ],
    ['bytes that are no UTF-8', 1007, encodeFrame(OPCODE.text, Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
    ['no mask', 1002, encodeFrame(OPCODE.text, JSON.stringify(INIT), { masked: false })],
    ['reserved bits', 1002, encodeFrame(OPCODE.text, JSON.stringify(INIT), { reserved: 0x40 })],
    ['an opcode nobody knows', 1002, encodeFrame(3, 'x')],
    ['a continuation of nothing', 1002, encodeFrame(OPCODE.continuation, 'x')],
    ['a ping in pieces', 1002, encodeFrame(OPCODE.ping, 'x', { fin: false })],
    ['a ping that is too long', 1002, encodeFrame(OPCODE.ping, 'x'.repeat(126))],
    ['a close code that is none', 1002, encodeFrame(OPCODE.close, Buffer.from([0, 1]))],
  ])('close the socket: %s', async (_what, code, bytes) => {
    const socket = await acknowledged();
    socket.write(bytes);
    expect((await socket.closed()).code).toBe(code);
    await expectAlive(await acknowledged());
  });

  it('a client that leaves, politely or not, takes its streams along', async () => {
    const polite = await acknowledged();
    const rude = await acknowledged();
    for (const socket of [polite, rude]) socket.send(subscribe('1', WATCH));
    await until(() => shop.priceChanges.open === 2);
    polite.write(encodeFrame(OPCODE.close, Buffer.from([0x03, 0xe8])));
    expect((await polite.closed()).code).toBe(1000);
    rude.end();
    await until(() => shop.priceChanges.open === 0);
  });
});

const frameOf = (message: unknown): Buffer => encodeFrame(OPCODE.text, JSON.stringify(message));
