import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { until } from '@souk/testkit/waiting';
import { composeSupergraph } from '../../supergraph/compose.js';
import { createGateway, type Gateway } from '../../app.js';
import { httpTransport } from '../../transport/http.js';
import { CACHING_LINK } from '../../__fixtures__/cached-shop.js';
import { openSocket } from '../../__fixtures__/socket-client.js';
import { silent } from '../../__fixtures__/tiny-shop.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HeadersOptions } from './headers-options.js';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")';
/** What each subgraph got, and what it answers besides. */
let got: Record<string, IncomingHttpHeaders>;
let answers: Record<string, readonly (readonly [string, string])[]>;
let asked: number;
/** Answers wait for it. */
let hold: Promise<void> | undefined;
let servers: Server[];
let gateway: Gateway | undefined;

beforeEach(() => {
  [got, answers, asked, hold, servers, gateway] = [{}, {}, 0, undefined, [], undefined];
});
afterEach(async () => {
  await gateway?.stop();
  for (const server of servers) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

/** A foreign subgraph with one field, which is the tenant it was told, or its own name. */
const foreign = (name: string) =>
  createServer((request, response: ServerResponse) => {
    got[name] = request.headers;
    asked += 1;
    for (const [header, value] of answers[name] ?? []) response.appendHeader(header, value);
    const { 'x-tenant': tenant = name } = request.headers;
    request.resume().on('end', () => {
      const data = { [name]: tenant, kept: tenant };
      void Promise.resolve(hold).then(() => response.end(JSON.stringify({ data })));
    });
  });

/** A gateway over two foreign subgraphs, `left` and `right`. */
async function start(headers: HeadersOptions, more: { inFlight?: boolean } = {}) {
  const subgraphs = await Promise.all(
    ['left', 'right'].map(async (name) => ({
      name,
      url: await listen(foreign(name)),
      sdl: `${name === 'left' ? CACHING_LINK : LINK} type Query { ${name}: String ${name === 'left' ? 'kept: String @cacheControl(maxAge: 60)' : ''} }`,
    })),
  );
  gateway = createGateway({
    supergraphSdl: composeSupergraph(subgraphs).supergraphSdl,
    transports: ({ name, url }) => httpTransport({ name, url }),
    logger: silent,
    options: { headers, sharing: more },
  });
  const { url, port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
  const ask = async (query: string, sent: Record<string, string> = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...sent },
      body: JSON.stringify({ query }),
    });
    // Every test compares what it needs of it.
    const { data } = (await response.json()) as { data?: unknown };
    expect(data).toBeDefined();
    return { headers: response.headers, data };
  };
  return { ask, port };
}

describe('towards subgraphs', () => {
  it('nothing of a client goes on without a rule', async () => {
    const { ask } = await start({});
    await ask('{ left }', { 'x-api-key': 'k', cookie: 'a=b', 'x-tenant': 't' });
    expect(Object.keys(got['left'] ?? {}).sort()).toEqual(
      ['accept', 'content-length', 'content-type', 'host', 'x-request-id'].sort(),
    );
  });

  it('headers go on by name or pattern, renamed, inserted, with a default, to some or all', async () => {
    const { ask } = await start({
      request: [
        { propagate: '/^x-t/' },
        { remove: 'x-trash' },
        { propagate: 'x-api-key', subgraphs: ['left'] },
        { propagate: 'accept-language', as: 'x-language', default: 'en' },
        { propagate: 'x-absent' },
        { insert: 'x-from', value: 'gateway', subgraphs: ['right'] },
      ],
    });
    await ask('{ left right }', {
      'x-tenant': 't1',
      'x-trash': 'y',
      'x-api-key': 'k',
      'accept-language': 'de',
    });
    expect(got['left']).toMatchObject({ 'x-tenant': 't1', 'x-api-key': 'k', 'x-language': 'de' });
    expect(got['right']).toMatchObject({ 'x-tenant': 't1', 'x-from': 'gateway', 'x-language': 'de' });
    for (const absent of ['x-trash', 'x-absent', 'accept-language', 'x-from'])
      expect(got['left']).not.toHaveProperty(absent);
    expect(got['right']).not.toHaveProperty('x-api-key');
    await ask('{ left }', { 'accept-language': '' });
    expect(got['left']).toMatchObject({ 'x-language': '' });
  });

  it('never what belongs to the connection, to the gateway, or says who asks', async () => {
    const { ask } = await start({ request: [{ propagate: '/.*/' }] });
    await ask('{ left }', {
      'x-souk-context': 'forged',
      'x-request-id': 'request-0001',
      te: 'trailers',
      'x-good': 'yes',
      accept: 'application/json',
      'x-beyond-ascii': 'ü',
    });
    expect(got['left']).toMatchObject({ 'x-good': 'yes', 'x-request-id': 'request-0001' });
    expect(got['left']?.accept).toContain('graphql-response');
    for (const never of ['x-souk-context', 'te', 'transfer-encoding', 'x-beyond-ascii'])
      expect(got['left']).not.toHaveProperty(never);
  });

  it('what a WebSocket brought goes on as well', async () => {
    const { port } = await start({ request: [{ propagate: 'x-tenant' }] });
    const client = await openSocket(port, { headers: { 'x-tenant': 't2' } });
    await client.next();
    client.subscribe('1', '{ left }');
    await client.next();
    client.close();
    expect(got['left']).toMatchObject({ 'x-tenant': 't2' });
  });

  it('clients that differ in them have answers of their own in caches, here and on the way', async () => {
    const { ask } = await start({
      request: [{ propagate: 'x-tenant' }],
      response: [{ propagate: 'set-cookie' }],
    });
    const told: unknown[] = [];
    for (const tenant of ['t1', 't2', 't1', 't2']) {
      const { data, headers } = await ask('{ kept }', { 'x-tenant': tenant });
      told.push(data);
      expect(headers.get('vary')?.split(', ')).toContain('x-tenant');
      expect(headers.get('cache-control')).toBe('public, max-age=60');
    }
    expect(told).toEqual(['t1', 't2', 't1', 't2'].map((tenant) => ({ kept: tenant })));
    expect(asked).toBe(2);
    answers = { left: [['set-cookie', 'session=1']] };
    const { headers } = await ask('{ kept }', { 'x-tenant': 't3' });
    expect([headers.getSetCookie(), headers.get('cache-control')]).toEqual([
      ['session=1'],
      'private, max-age=60',
    ]);
  });

  it('clients share answers in flight only if they agree in what is sent on', async () => {
    const { ask } = await start({ request: [{ propagate: 'x-tenant' }] }, { inFlight: true });
    let release = (): void => {};
    hold = new Promise((resolve) => (release = resolve));
    const tenants = ['t1', 't1', 't2', 't2'];
    const asking = tenants.map((tenant, n) => ask('{ left }', { 'x-tenant': tenant, 'x-other': String(n) }));
    await until(() => asked === 2);
    release();
    expect((await Promise.all(asking)).map(({ data }) => data)).toEqual(
      tenants.map((tenant) => ({ left: tenant })),
    );
  });
});

describe('back to the client', () => {
  const left: readonly (readonly [string, string])[] = [
    ['x-region', 'eu'],
    ['x-hint', 'a'],
    ['x-hint', 'b'],
    ['set-cookie', 'one=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
    ['set-cookie', 'two=2'],
    ['x-secret-node', '10.0.0.3'],
  ];

  it('headers come by name or pattern, renamed, merged as chosen, and cookies stay apart', async () => {
    const { ask } = await start({
      response: [
        { propagate: '/^x-/' },
        { remove: '/^x-secret/' },
        { propagate: 'set-cookie', merge: 'first' },
        { propagate: 'x-hint', as: 'x-hints', merge: 'append' },
        { insert: 'x-asked', value: 'right', subgraphs: ['right'] },
      ],
    });
    answers = {
      left,
      right: [
        ['set-cookie', 'three=3'],
        ['x-hint', 'b'],
        ['x-hint', 'c'],
      ],
    };
    const { headers } = await ask('{ left right }');
    expect(headers.getSetCookie().sort()).toEqual([
      'one=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
      'three=3',
      'two=2',
    ]);
    expect(headers.get('x-hints')?.split(', ').sort()).toEqual(['a', 'b', 'c']);
    expect(headers.get('x-region')).toBe('eu');
    expect(headers.get('x-asked')).toBe('right');
    expect(headers.get('x-hint')).toBeNull();
    expect(headers.get('x-secret-node')).toBeNull();
  });

  it.each([
    ['first', 'l'],
    ['last', 'r'],
    ['append', 'l, r'],
  ] as const)('of mutations one after the other, the %s counts', async (merge, expected) => {
    const sdl = (name: string) =>
      `${LINK} type Query { ${name}: String } type Mutation { do${name}: String }`;
    const mutable = (name: string) =>
      createServer((request, response) => {
        response.setHeader('x-who', name);
        request.resume().on('end', () => response.end(JSON.stringify({ data: { [`do${name}`]: name } })));
      });
    const subgraphs = await Promise.all(
      ['l', 'r'].map(async (name) => ({ name, url: await listen(mutable(name)), sdl: sdl(name) })),
    );
    gateway = createGateway({
      supergraphSdl: composeSupergraph(subgraphs).supergraphSdl,
      transports: ({ name, url }) => httpTransport({ name, url }),
      logger: silent,
      options: { headers: { response: [{ propagate: 'x-who', merge }] } },
    });
    const { url } = await gateway.listen({ host: '127.0.0.1', port: 0 });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"mutation { dol dor }"}',
    });
    expect([await response.json(), response.headers.get('x-who')]).toEqual([
      { data: { dol: 'l', dor: 'r' } },
      expected,
    ]);
  });

  it('never what the gateway says itself, or what says how a message is framed', async () => {
    const { ask } = await start({ response: [{ propagate: '/.*/' }] });
    answers = {
      left: [
        ['content-type', 'text/html'],
        ['cache-control', 'public, max-age=999'],
        ['x-request-id', 'stolen-id-0001'],
        ['x-souk-context', 'secret'],
        ['access-control-allow-origin', '*'],
        ['strict-transport-security', 'max-age=0'],
        ['x-good', 'yes'],
        ['x-beyond-ascii', 'ü'],
      ],
    };
    const { headers } = await ask('{ left }');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-good': 'yes',
    });
    for (const never of [
      'x-souk-context',
      'access-control-allow-origin',
      'strict-transport-security',
      'x-beyond-ascii',
    ])
      expect(headers.get(never)).toBeNull();
    expect(headers.get('x-request-id')).not.toBe('stolen-id-0001');
  });

  it('a subgraph cannot break an answer with a header that cannot be sent on', async () => {
    const url = await listen(
      // By hand: Node would not send such a line either.
      createTcpServer((socket) => {
        socket.on('error', () => {});
        socket.on('data', () => {
          const body = '{"data":{"left":"l"}}';
          socket.write(
            `HTTP/1.1 200 OK\r\nx-bad: \u0001\r\nx bad: 1\r\nx-good: 1\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
          );
        });
      }) as unknown as Server,
    );
    const sdl = `${LINK} type Query { left: String }`;
    gateway = createGateway({
      supergraphSdl: composeSupergraph([{ name: 'left', url, sdl }]).supergraphSdl,
      transports: ({ name }) => httpTransport({ name, url }),
      logger: silent,
      options: { headers: { response: [{ propagate: '/^x/' }] } },
    });
    const { url: at } = await gateway.listen({ host: '127.0.0.1', port: 0 });
    const response = await fetch(`${at}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ left }"}',
    });
    expect([response.status, await response.json()]).toEqual([200, { data: { left: 'l' } }]);
    expect([response.headers.get('x-good'), response.headers.get('x-bad')]).toEqual(['1', null]);
  });
});
