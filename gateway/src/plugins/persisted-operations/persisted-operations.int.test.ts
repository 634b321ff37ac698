import { createHash } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { connectRedisKv, createMemoryKv, type Kv } from '@souk/kit/kv';
import { createLogger } from '@souk/kit/log';
import { findRedis, startRedis } from '@souk/testkit/redis';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSocket } from '../../__fixtures__/socket-client.js';
import { type Answer, type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, silent, type TinyShop } from '../../__fixtures__/tiny-shop.js';
import type { GatewayOptions } from '../../gateway-options.js';
import type { PersistedOperationsOptions } from './persisted-operations-options.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const PRODUCTS = 'query Products { products { name } }';
const NAMES = { data: { products: [{ name: 'Lamp' }, { name: 'Chair' }] } };
const NOT_FOUND = {
  errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
};
const NOT_LISTED = { errors: [{ extensions: { code: 'FORBIDDEN', reason: 'OPERATION_NOT_LISTED' } }] };

const hasRedis = (await findRedis()) !== undefined;

let shop: TinyShop;
let folder: string;
let running: RunningGateway;
let kv: Kv;
beforeEach(async () => {
  shop = createTinyShop();
  kv = createMemoryKv();
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-persisted-'));
});
afterEach(async () => {
  await running.stop();
  await kv.close();
  await rm(folder, { recursive: true });
});

const start = async (
  persistedOperations: PersistedOperationsOptions | false,
  more: GatewayOptions = {},
  logger = silent,
): Promise<RunningGateway> =>
  (running = await startGateway(shop.apps, { kv, logger, options: { persistedOperations, ...more } }));

/** Replaces the manifest as tools do: written beside it, then renamed. */
async function writeManifest(operations: Readonly<Record<string, string>>, text?: string): Promise<string> {
  const file = path.join(folder, 'operations.json');
  const listed = Object.entries(operations).map(([id, body]) => ({
    id,
    name: /\w+ (\w+)/.exec(body)?.[1] ?? '',
    type: 'query',
    body,
  }));
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations: listed };
  await writeFile(`${file}.new`, text ?? JSON.stringify(manifest));
  await rename(`${file}.new`, file);
  return file;
}

async function post(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...headers,
    },
    body: JSON.stringify(body),
  });
  // The gateway answers JSON to every POST; each test compares what it needs.
  const answer = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
  return { status: response.status, ...answer };
}
const hashed = (query: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: sha256(query) } },
});
/** How many operations were found in this way. */
async function found(way: string): Promise<number> {
  const text = await (await fetch(`${running.url}/metrics`)).text();
  return Number(new RegExp(`persisted_operations_total{found="${way}"} (\\d+)`).exec(text)?.[1] ?? 0);
}
const as = (name: string) => ({ 'apollographql-client-name': name });

describe('operations of a manifest', () => {
  const DEEP = 'query Deep($id: ID!) { product(id: $id) { name reviews { stars } } }';

  it('run by name: by POST and GET, as documentId and as a hash', async () => {
    await start({ manifests: [await writeManifest({ 'products-1': PRODUCTS, [sha256(DEEP)]: DEEP })] });
    expect(await post({ documentId: 'products-1' })).toEqual({ status: 200, ...NAMES });
    expect(await post({ documentId: `sha256:${sha256(DEEP)}`, variables: { id: 'p1' } })).toMatchObject({
      data: { product: { name: 'Lamp', reviews: [{ stars: 5 }] } },
    });
    expect(await post(hashed(PRODUCTS)), 'listed under another id').toMatchObject(NAMES);
    expect(await post({ ...hashed(PRODUCTS), query: PRODUCTS })).toMatchObject(NAMES);
    const get = async (parameters: Record<string, string>) => {
      const query = new URLSearchParams(parameters).toString();
      const response = await fetch(`${running.url}/graphql?${query}`, {
        headers: { accept: 'application/json' },
      });
      return response.json();
    };
    expect(await get({ documentId: 'products-1' })).toEqual(NAMES);
    expect(await get({ extensions: JSON.stringify(hashed(PRODUCTS).extensions) })).toEqual(NAMES);
    expect(await found('listed')).toBe(6);
  });

  it('run over WebSocket and SSE, subscriptions too', async () => {
    const live = 'subscription Live { priceChanged { price } }';
    await start({ manifests: [await writeManifest({ live, products: PRODUCTS })] });
    const socket = await openSocket(running.port);
    await socket.next();
    socket.send({ id: '1', type: 'subscribe', payload: { query: '', documentId: 'products' } });
    expect(await socket.next()).toMatchObject({ payload: NAMES });
    await socket.next();
    socket.send({ id: '2', type: 'subscribe', payload: { query: '', ...hashed(live) } });
    await until(() => shop.priceChanges.open === 1);
    const events = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ documentId: 'live' }),
    });
    await until(() => shop.priceChanges.open === 2);
    shop.priceChanges.push({ priceChanged: { id: 'p1', price: 7 } });
    expect(await socket.next()).toMatchObject({ id: '2', payload: { data: { priceChanged: { price: 7 } } } });
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('{"priceChanged":{"price":7}}');
    await reader?.cancel();
    socket.close();
    await until(() => shop.priceChanges.open === 0);
  });

  it('are kept to the rules of all others', async () => {
    const note = 'mutation Note { addNote(text: "x") }';
    const broken = 'query Broken { nothing }';
    const aliases = `query Aliases { ${Array.from({ length: 40 }, (_, n) => `a${n}: whoami`).join(' ')} }`;
    await start({ manifests: [await writeManifest({ note, broken, aliases, products: PRODUCTS })] });
    const response = await fetch(`${running.url}/graphql?documentId=note`, {
      headers: { accept: 'application/json' },
    });
    expect([response.status, shop.notes]).toEqual([405, []]);
    expect(await post({ documentId: 'broken' })).toMatchObject({
      status: 400,
      errors: [{ message: 'Cannot query field "nothing" on type "Query".' }],
    });
    expect(await post({ documentId: 'aliases' })).toMatchObject({
      errors: [{ extensions: { limit: 'maxRootFields' } }],
    });
    expect(await post({ documentId: 'products', operationName: 'Other' })).toMatchObject({
      errors: [{ message: expect.stringContaining('no operation named "Other"') as string }],
    });
    expect(await post({ documentId: 'products', query: '{ whoami }' })).toMatchObject({
      status: 400,
      errors: [{ message: 'Send "query" or "documentId", not both.' }],
    });
    expect(await post({ documentId: 'unheard of' })).toMatchObject({ status: 200, ...NOT_FOUND });
  });

  it('are followed: new ones run at once, gone ones do not, and a broken file changes nothing', async () => {
    const logged: string[] = [];
    const logger = createLogger({
      level: 'error',
      destination: { write: (line: string) => void logged.push(line) },
    });
    const file = await writeManifest({ products: PRODUCTS });
    await start({ manifests: [file] }, {}, logger);
    expect(await post({ documentId: 'products' })).toMatchObject(NAMES);
    await writeManifest({ 'products-2': PRODUCTS });
    let answer = await post({ documentId: 'products-2' });
    while (answer.errors) answer = await post({ documentId: 'products-2' });
    expect(await post({ documentId: 'products' })).toMatchObject(NOT_FOUND);
    await writeManifest({}, '{"format": "something else"}');
    await until(() => logged.length > 0);
    expect(logged.join('')).toContain('the old one stays. Correct the file.');
    expect(await post({ documentId: 'products-2' })).toMatchObject(NAMES);
    await writeManifest({ 'products-3': PRODUCTS });
    answer = await post({ documentId: 'products-3' });
    while (answer.errors) answer = await post({ documentId: 'products-3' });
  });

  it('outlive a new supergraph, and are checked against it', async () => {
    await start({ manifests: [await writeManifest({ products: PRODUCTS })] });
    expect(await post({ documentId: 'products' })).toMatchObject(NAMES);
    running.gateway.reload(
      running.gateway.supergraphSdl().replace('  products: [Product!]', '  goods: [Product!]'),
    );
    expect(await post({ documentId: 'products' })).toMatchObject({ status: 400, errors: [{}] });
  });

  it('must be there when the gateway starts', async () => {
    await start({});
    const nowhere = path.join(folder, 'nowhere.json');
    expect(() => running.gateway.configure({ persistedOperations: { manifests: [nowhere] } })).toThrow(
      `there is no file ${nowhere}. Correct the path.`,
    );
    const file = await writeManifest({}, 'nonsense');
    expect(() => running.gateway.configure({ persistedOperations: { manifests: [file] } })).toThrow(
      'is not a manifest of persisted operations. Write it again with "npm run codegen".',
    );
  });
});

describe('what is in no manifest', () => {
  it.each(['reject', 'log', 'allow'] as const)(
    '%s: by default, and for single applications',
    async (policy) => {
      const clients = { web: policy, tool: 'allow' } as const;
      await start({
        manifests: [await writeManifest({ products: PRODUCTS })],
        unknown: policy === 'reject' ? 'allow' : 'reject',
        clients,
      });
      const runs = { status: 200, data: { whoami: 'anonymous' } };
      const rejected = { status: 403, ...NOT_LISTED };
      expect(await post({ query: '{ whoami }' }, as('web'))).toMatchObject(
        policy === 'reject' ? rejected : runs,
      );
      expect(await post({ query: '{ whoami }' }, as('tool'))).toMatchObject(runs);
      expect(await post({ query: '{ whoami }' })).toMatchObject(policy === 'reject' ? runs : rejected);
      // What is listed runs for everybody, and as a text as well.
      expect(await post({ query: PRODUCTS }, as('web'))).toMatchObject(NAMES);
      expect(await post({ query: PRODUCTS })).toMatchObject(NAMES);
      expect([await found('unknown'), await found('rejected')]).toEqual([policy === 'log' ? 1 : 0, 1]);
    },
  );

  it('is refused before it is parsed, by hash as by text, on every transport', async () => {
    await start({ manifests: [await writeManifest({ products: PRODUCTS })], unknown: 'reject' });
    for (const body of [
      { query: 'query {{{' },
      hashed('{ whoami }'),
      { ...hashed('{ whoami }'), query: '{ whoami }' },
      { documentId: sha256('{ whoami }') },
      { query: '{ __schema { queryType { name } } }' },
    ]) {
      expect(await post(body)).toMatchObject({ status: 403, ...NOT_LISTED });
    }
    const socket = await openSocket(running.port, { init: as('web') });
    await socket.next();
    socket.subscribe('1', '{ whoami }');
    expect(await socket.next()).toMatchObject({ type: 'error', payload: NOT_LISTED.errors });
    socket.send({ id: '2', type: 'subscribe', payload: { query: '', documentId: 'products' } });
    expect(await socket.next()).toMatchObject({ id: '2', payload: NAMES });
    socket.close();
  });
});

describe('automatic persisted queries', () => {
  const twice = async () => [
    await post(hashed(PRODUCTS)),
    await post({ ...hashed(PRODUCTS), query: PRODUCTS }),
  ];

  it('are asked for once, then known by their hash', async () => {
    await start({});
    expect(await twice()).toMatchObject([
      { status: 200, ...NOT_FOUND },
      { status: 200, ...NAMES },
    ]);
    expect(await post(hashed(PRODUCTS))).toMatchObject(NAMES);
    const socket = await openSocket(running.port);
    await socket.next();
    socket.send({ id: '1', type: 'subscribe', payload: { query: '', ...hashed(PRODUCTS) } });
    expect(await socket.next()).toMatchObject({ payload: NAMES });
    socket.close();
    expect([await found('missing'), await found('registered'), await found('stored')]).toEqual([1, 1, 2]);
  });

  it('are what their hash says, or are refused', async () => {
    await start({});
    expect(await post({ ...hashed('{ whoami }'), query: PRODUCTS })).toMatchObject({
      status: 400,
      errors: [{ extensions: { reason: 'PERSISTED_QUERY_HASH_MISMATCH' } }],
    });
    expect(await post(hashed('{ whoami }'))).toMatchObject(NOT_FOUND);
    for (const persistedQuery of [{ version: 2, sha256Hash: sha256(PRODUCTS) }, { version: 1 }, 'x', 1]) {
      expect(await post({ query: PRODUCTS, extensions: { persistedQuery } })).toMatchObject({
        status: 400,
        errors: [{ message: expect.stringContaining('"extensions.persistedQuery" must be') as string }],
      });
    }
    expect(await post({ extensions: { persistedQuery: null } })).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('"query" must be a non-empty string') as string }],
    });
    expect(
      await post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'constructor' } } }),
    ).toMatchObject(NOT_FOUND);
  });

  it('are kept only if they are valid, within the limits, and were let run', async () => {
    await start({}, { limits: { maxQueryBytes: 200 }, cost: { max: 100 }, rateLimit: false });
    const invalid = '{ nothing }';
    const oversized = `{ whoami } # ${'x'.repeat(300)}`;
    const dear = '{ products { reviews { product { name } } } }';
    for (const query of [invalid, oversized, dear, '{']) {
      expect(await post({ ...hashed(query), query })).toMatchObject({ status: 400 });
      expect(await post(hashed(query))).toMatchObject(NOT_FOUND);
    }
  });

  it('are not kept with a card number in their text', async () => {
    await start({});
    const query = '{ whoami } # 4242 4242 4242 4242';
    expect(await post({ ...hashed(query), query })).toMatchObject({ data: { whoami: 'anonymous' } });
    expect(await post(hashed(query))).toMatchObject(NOT_FOUND);
  });

  it('are bounded: those asked for least go first', async () => {
    const size = 64 + PRODUCTS.length;
    await start({ automatic: { maxSize: size + 10 } });
    await twice();
    expect(await post(hashed(PRODUCTS))).toMatchObject(NAMES);
    await post({ ...hashed('{ whoami }'), query: '{ whoami }' });
    expect(await post(hashed('{ whoami }'))).toMatchObject({ data: {} });
    expect(await post(hashed(PRODUCTS))).toMatchObject(NOT_FOUND);
  });

  it('switched off, hashes of manifests still count', async () => {
    await start({ automatic: false });
    const notSupported = {
      status: 200,
      errors: [
        { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
      ],
    };
    expect(await twice()).toMatchObject([notSupported, NAMES]);
    expect(await post(hashed(PRODUCTS))).toMatchObject(notSupported);
    running.gateway.configure({ persistedOperations: false });
    expect(await post(hashed(PRODUCTS))).toMatchObject(notSupported);
    expect(await post({ ...hashed(PRODUCTS), query: PRODUCTS })).toMatchObject(NAMES);
    const file = await writeManifest({ products: PRODUCTS });
    running.gateway.configure({ persistedOperations: { manifests: [file], automatic: false } });
    expect(await post(hashed(PRODUCTS))).toMatchObject(NAMES);
    expect(await post(hashed('{ whoami }'))).toMatchObject(NOT_FOUND);
  });
});

describe.skipIf(!hasRedis)('in Redis', () => {
  it('replicas know what one of them was told; while it is away, clients tell each', async () => {
    const own = await startRedis();
    const connect = () => connectRedisKv({ url: own.url, logger: silent, connectTimeoutMs: 30_000 });
    const options = { persistedOperations: { automatic: { timeoutMs: 10_000 } } };
    await kv.close();
    kv = await connect();
    const otherKv = await connect();
    const other = await startGateway(shop.apps, { kv: otherKv, options });
    await start(options.persistedOperations);
    const first = running;
    await post({ ...hashed(PRODUCTS), query: PRODUCTS });
    running = other;
    let answer = await post(hashed(PRODUCTS));
    while (answer.errors) answer = await post(hashed(PRODUCTS));
    expect(answer).toMatchObject(NAMES);
    await own.stop();
    expect(await post(hashed(PRODUCTS)), 'known here by now').toMatchObject(NAMES);
    expect(await post(hashed('{ whoami }'))).toMatchObject(NOT_FOUND);
    expect(await post({ ...hashed('{ whoami }'), query: '{ whoami }' })).toMatchObject({ data: {} });
    expect(await post(hashed('{ whoami }'))).toMatchObject({ data: {} });
    running = first;
    await other.stop();
    await otherKv.close();
  });
});
