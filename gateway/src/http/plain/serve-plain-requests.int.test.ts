import { once } from 'node:events';
import { connect } from 'node:net';
import { until } from '@souk/testkit/waiting';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayDeps } from '../../app.js';
import type { GatewayOptions } from '../../gateway-options.js';
import { sendRaw } from '../../__fixtures__/raw-socket.js';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { openStopDelay } from '../../__fixtures__/stop-delay.js';
import { createTinyShop, type TinyShop } from '../../__fixtures__/tiny-shop.js';

/** A gateway, its shop, and how many requests Node's HTTP has read for it. */
interface Place extends RunningGateway {
  readonly shop: TinyShop;
  readByNode(): number;
}

const places: Place[] = [];
afterEach(async () => {
  await Promise.all(places.splice(0).map((place) => place.stop()));
});

async function open(options: GatewayOptions = {}, deps: Partial<GatewayDeps> = {}): Promise<Place> {
  const shop = createTinyShop();
  const running = await startGateway(shop.apps, { options, ...deps });
  let count = 0;
  running.gateway.server.prependListener('request', () => (count += 1));
  const place = { ...running, shop, readByNode: () => count };
  places.push(place);
  return place;
}

const JSON_TYPE = 'content-type: application/json';
const CLOSE = 'connection: close';

/** A request as text; `lines` are more headers. */
function post(body: unknown, lines: readonly string[] = [], type = JSON_TYPE): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = [
    'host: shop',
    'x-request-id: request-1',
    type,
    ...lines,
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  return ['POST /graphql HTTP/1.1', ...all.filter(Boolean), '', text].join('\r\n');
}

const ask = (query: string, ...lines: readonly string[]): string => post({ query }, lines);

/** One answer as it came: its head, and as much as its length says; or as it ended. */
async function readAnswer(socket: ReturnType<typeof connect>): Promise<string> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    text += chunk.toString('latin1');
    const [head = '', body] = text.split(/(?<=\r\n\r\n)([^]*)/);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (body !== undefined && body.length >= length) break;
  }
  return text;
}

/** Sends one piece after the other on one connection, each when the one before is answered. */
async function converse(port: number, pieces: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  for (const piece of pieces) {
    socket.write(piece);
    heard += await readAnswer(socket);
  }
  socket.destroy();
  return heard;
}

const timeless = (answers: string): string => answers.replaceAll(/^Date: .*$/gm, 'Date: now');
const much = `mutation { addNote(text: "${'é€𝄞'.repeat(4_000)}") }`;

describe('answers what Node would have it answer, byte for byte', () => {
  let usual: readonly [plain: Place, node: Place];
  beforeAll(async () => {
    usual = [await open(), await open({ server: { plainRequests: false } })];
    // They stay for all of these tests.
    places.length = 0;
  });
  afterAll(() => Promise.all(usual.map((place) => place.stop())));

  const pairWith = async (options: GatewayOptions | undefined): Promise<typeof usual> =>
    options === undefined
      ? usual
      : [
          await open(options),
          await open({ ...options, server: { ...options.server, plainRequests: false } }),
        ];

  it.each<[what: string, pieces: readonly string[], readByNode: number, options?: GatewayOptions]>([
    ['queries', [ask('{ whoami }'), ask('{ products { id name stock } }'), ask('{ whoami }')], 0],
    ['a mutation, and much that is not ASCII', [ask(much), ask('{ notes }'), ask('{ whoami }')], 0],
    ['a body that is no JSON', [post('{'), ask('{ whoami }')], 0],
    ['a body that is no UTF-8', [post('{"query":"\ud800"}'), ask('{ whoami }')], 0],
    ['an unknown field', [ask('{ nothing }'), ask('{ whoami }')], 0],
    [
      'a page of another site',
      [post({ query: '{ whoami }' }, [], 'content-type: text/plain'), ask('{ notes }')],
      0,
    ],
    ['a body without a type', [post({ query: '{ whoami }' }, [], ''), ask('{ whoami }')], 0],
    ['a body that is compressed', [ask('{ whoami }', 'content-encoding: gzip'), ask('{ whoami }')], 0],
    [
      'other media types',
      [ask('{ whoami }', 'accept: application/json'), ask('{ whoami }', 'accept: a/b')],
      0,
    ],
    ['a batch that is not taken', [post([{ query: '{ whoami }' }]), ask('{ whoami }')], 0],
    [
      'a batch',
      [post([{ query: '{ whoami }' }, { query: '{ notes }' }]), ask('{ notes }')],
      0,
      { batching: {} },
    ],
    ['a token that is none', [ask('{ whoami }', 'authorization: Bearer a'), ask('{ whoami }')], 0],
    ['a browser of this site', [ask('{ whoami }', 'origin: http://shop'), ask('{ whoami }')], 0],
    ['claims that nobody may make', [ask('{ whoami }', 'x-souk-viewer: staff'), ask('{ whoami }')], 0],
    [
      'a small client',
      [ask('{ products { name } }', 'accept-encoding: gzip'), ask('{ whoami }')],
      0,
      { compression: { minBytes: 10 } },
    ],
    ['a goodbye', [ask('{ whoami }'), ask('{ whoami }', CLOSE)], 1],
    [
      'a body that is too large',
      [ask('{ whoami }'), ask(`{ whoami } #${'-'.repeat(500)}`)],
      1,
      { server: { bodyLimit: 400 } },
    ],
    [
      'something else',
      [
        ask('{ whoami }'),
        'GET /health HTTP/1.1\r\nhost: shop\r\nx-request-id: request-1\r\n\r\n',
        ask('{ whoami }'),
      ],
      2,
    ],
    ['what is no HTTP', [ask('{ whoami }'), 'hello\r\n\r\n'], 0],
    ['two at once', [ask('{ whoami }'), ask('{ notes }') + ask('{ whoami }')], 2],
  ])('%s', async (_, pieces, readByNode, options) => {
    const [plain, node] = await pairWith(options);
    for (const { shop } of [plain, node]) shop.seen.length = 0;
    const readBefore = plain.readByNode();
    const heard = timeless(await converse(plain.port, pieces));
    expect(heard).toBe(timeless(await converse(node.port, pieces)));
    expect(heard).toMatch(/^HTTP\/1\.1 /);
    expect(plain.readByNode() - readBefore).toBe(readByNode);
    expect(plain.shop.seen).toEqual(node.shop.seen);
  });

  it('wherever a request is torn', async () => {
    const [plain, node] = usual;
    const whole = ask('{ whoami }', CLOSE);
    const expected = timeless(await sendRaw(node.port, whole));
    expect(expected).toContain('"whoami":"anonymous"');
    for (let at = 1; at < whole.length; at += 7) {
      const socket = connect(plain.port, '127.0.0.1');
      socket.setNoDelay(true);
      socket.write(whole.slice(0, at));
      await new Promise((resolve) => setTimeout(resolve, 2));
      socket.write(whole.slice(at));
      expect(timeless(await readAnswer(socket))).toBe(expected);
      socket.destroy();
    }
  });

  it('a client that does not speak', async () => {
    const server = { headersTimeoutMs: 200, requestTimeoutMs: 200 };
    const plain = await open({ server });
    const node = await open({ server: { ...server, plainRequests: false } });
    const heard = await sendRaw(plain.port, '');
    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
    expect(heard).toBe(await sendRaw(node.port, ''));
  });

  it('a client that stops speaking before it has its answer', async () => {
    for (const { port } of usual) {
      const socket = connect(port, '127.0.0.1');
      let heard = '';
      socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
      socket.end(ask('{ slow }'));
      await once(socket, 'close');
      expect(heard).toBe('');
    }
  });
});

describe('a connection', () => {
  it('that brings a request before the last one is answered has it answered afterwards', async () => {
    const { port, shop, readByNode } = await open();
    const socket = connect(port, '127.0.0.1');
    socket.write(ask('{ slow }'));
    await until(() => shop.finishSlow !== undefined);
    socket.write(ask('mutation { addNote(text: "a") }'));
    socket.write(ask('mutation { addNote(text: "b") }'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(shop.notes).toEqual([]);
    shop.finishSlow?.();
    expect(await readAnswer(socket)).toContain('"slow":"done"');
    await until(() => shop.notes.length === 2);
    expect(shop.notes).toEqual(['a', 'b']);
    expect(readByNode()).toBeLessThanOrEqual(2);
    socket.destroy();
  });

  it('is closed when it has been idle for long, and not while an answer is under way', async () => {
    const { port, shop, gateway } = await open();
    gateway.server.keepAliveTimeout = 100;
    const socket = connect(port, '127.0.0.1');
    socket.write(ask('{ slow }'));
    await until(() => shop.finishSlow !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    shop.finishSlow?.();
    expect(await readAnswer(socket)).toContain('"slow":"done"');
    socket.resume();
    await once(socket, 'close');
  });

  it('that is idle does not keep the gateway from ending; one that waits for an answer gets it', async () => {
    const { port, shop, gateway } = await open();
    const [idle, busy] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    idle.write(ask('{ whoami }'));
    expect(await readAnswer(idle)).toContain('anonymous');
    busy.write(ask('{ slow }'));
    await until(() => shop.finishSlow !== undefined);
    idle.resume();
    const stopped = gateway.stop();
    await once(idle, 'close');
    shop.finishSlow?.();
    expect(await readAnswer(busy)).toContain('"slow":"done"');
    await stopped;
  });

  it('that is new when the gateway stops may still ask', async () => {
    const { port, shop, gateway } = await open();
    const [fresh, busy] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    busy.write(ask('{ slow }'));
    await until(() => shop.finishSlow !== undefined);
    const stopped = gateway.stop();
    fresh.write(ask('{ whoami }'));
    expect(await readAnswer(fresh)).toMatch(/connection: close[^]*anonymous/i);
    shop.finishSlow?.();
    expect(await readAnswer(busy)).toContain('"slow":"done"');
    await stopped;
  });

  it("becomes Node's, which tells clients to leave, once the gateway is stopping", async () => {
    const { delay, end } = openStopDelay();
    const { port, shop, gateway, readByNode } = await open({ server: { stopDelayMs: 1 } }, { delay });
    const socket = connect(port, '127.0.0.1');
    socket.write(ask('{ whoami }'));
    expect(await readAnswer(socket)).not.toMatch(/connection: close/i);
    const stopped = gateway.stop();
    socket.write(ask('{ whoami }'));
    expect(await readAnswer(socket)).toMatch(/connection: close/i);
    expect(readByNode()).toBe(1);
    expect(shop.seen).toHaveLength(2);
    end();
    await stopped;
  });
});
