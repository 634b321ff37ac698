import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@souk/kit/log';
import { createSubgraph, type SubgraphApp } from '@souk/kit/subgraph';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushSource, type PushSource } from '../../__fixtures__/push-source.js';
import { openSocket } from '../../__fixtures__/socket-client.js';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { silent } from '../../__fixtures__/tiny-shop.js';
import { createTokenMint, type TokenMint } from '../../__fixtures__/tokens.js';
import type { AuthorizationOptions } from './authorization-options.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes", "@policy"])\n`;

let mint: TokenMint;
let running: RunningGateway | undefined;
let opa: Server | undefined;
let done: string[];
let changes: PushSource<{ changed: { id: string; cost: number } }>;
let app: SubgraphApp;
beforeEach(async () => {
  mint = await createTokenMint();
  done = [];
  changes = createPushSource();
  app = createSubgraph({
    name: 'stock',
    sdl: `${LINK}
      type Query { item: Item open: String audit: Int @policy(policies: [["auditor"]]) books: Int @policy(policies: [["auditor", "open-hours"], ["owner"]]) }
      type Mutation {
        sell: Int
        destroy: Int @requiresScopes(scopes: [["STAFF"]])
      }
      type Subscription { changed: Item feed: Item @requiresScopes(scopes: [["STAFF"]]) }
      type Item @key(fields: "id") { id: ID! cost: Int @authenticated }`,
    resolvers: {
      Query: { item: () => ({ id: 'i1', cost: 5 }), open: () => 'yes', audit: () => 7, books: () => 8 },
      Mutation: { sell: () => done.push('sell'), destroy: () => done.push('destroy') },
      Subscription: {
        changed: { subscribe: () => changes.subscribe() },
        feed: { subscribe: () => changes.subscribe() },
      },
    },
    logger: silent,
    createContext: () => ({}),
  });
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  opa?.closeAllConnections();
  opa?.close();
  opa = undefined;
});

const start = async (authorization?: AuthorizationOptions, logger = silent): Promise<RunningGateway> =>
  (running = await startGateway([app], {
    issuers: [mint.issuer],
    logger,
    ...(authorization ? { options: { authorization } } : {}),
  }));
const bearer = async (...scopes: string[]) => ({
  authorization: `Bearer ${await mint.sign({ sub: 'u1', scope: scopes.join(' '), department: 'audit' })}`,
});
const UNAUTHORIZED = { extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } };

describe('over HTTP', () => {
  it('what is denied is null with an error, the rest is answered', async () => {
    const { ask } = await start();
    const guest = await ask('{ open item { id cost } }');
    expect(guest.status).toBe(200);
    expect(guest).toMatchObject({
      data: { open: 'yes', item: { id: 'i1', cost: null } },
      errors: [{ path: ['item', 'cost'], ...UNAUTHORIZED }],
    });
    const user = await ask('{ open item { id cost } }', { headers: await bearer() });
    expect(user).toMatchObject({ data: { item: { cost: 5 } } });
    expect(user.errors).toBeUndefined();
    // Nobody sees what somebody else was answered.
    expect((await ask('{ open item { id cost } }')).data).toEqual(guest.data);
  });

  it('a denied mutation never runs, its neighbours do', async () => {
    const { ask } = await start();
    const answer = await ask('mutation { sell destroy }', { headers: await bearer('CUSTOMER') });
    expect(answer).toMatchObject({ data: { sell: 1, destroy: null }, errors: [{ path: ['destroy'] }] });
    expect(done).toEqual(['sell']);
    expect((await ask('mutation { destroy }')).data).toEqual({ destroy: null });
    await ask('mutation { destroy }', { headers: await bearer('STAFF') });
    expect(done).toEqual(['sell', 'destroy']);
  });

  it('in the mode "reject" nothing of the operation runs', async () => {
    const { ask } = await start({ mode: 'reject' });
    const guest = await ask('mutation { sell destroy }');
    expect([guest.status, guest.data]).toEqual([401, undefined]);
    expect(guest.headers.get('www-authenticate')).toBe('Bearer');
    expect(guest.errors).toMatchObject([{ path: ['destroy'], ...UNAUTHORIZED }]);
    expect((await ask('{ item { cost } }', { headers: await bearer() })).data).toEqual({ item: { cost: 5 } });
    const customer = await ask('mutation { sell destroy }', { headers: await bearer('CUSTOMER') });
    expect(customer.status).toBe(403);
    expect(done).toEqual([]);
    // Left out, so not denied.
    expect((await ask('{ open item { cost @include(if: false) } }')).data).toMatchObject({ open: 'yes' });
    const query = 'query($more: Boolean!) { open item { id cost @include(if: $more) } }';
    expect((await ask(query, { variables: { more: false } })).data).toEqual({
      open: 'yes',
      item: { id: 'i1' },
    });
    expect((await ask(query, { variables: { more: true } })).status).toBe(401);
  });

  it('options that are replaced count at once', async () => {
    const { ask, gateway } = await start();
    expect((await ask('{ item { cost } }')).status).toBe(200);
    gateway.configure({ authorization: { mode: 'reject', errorCode: 'reason' } });
    const refused = await ask('{ item { cost } }');
    expect([refused.status, refused.errors?.[0]?.extensions?.['code']]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

it('operations of which something was denied are counted', async () => {
  const { ask, gateway, url } = await start();
  await ask('{ item { cost } }');
  await ask('{ item { cost } }', { headers: await bearer() });
  await ask('{ item { cost @skip(if: true) id } }');
  gateway.configure({ authorization: { mode: 'reject' } });
  await ask('{ item { cost } }');
  const numbers = await (await fetch(`${url}/metrics`)).text();
  expect(numbers).toContain('souk_gateway_authorization_denied_total{outcome="filtered"} 1');
  expect(numbers).toContain('souk_gateway_authorization_denied_total{outcome="refused"} 1');
});

it('a supergraph that is loaded later is enforced from its first request', async () => {
  const { ask, gateway } = await start();
  const guarded = gateway.supergraphSdl();
  gateway.reload(guarded.replaceAll(/ @authenticated(?! on)/g, ''));
  expect((await ask('{ item { cost } }')).data).toEqual({ item: { cost: 5 } });
  gateway.reload(guarded);
  expect((await ask('{ item { cost } }')).data).toEqual({ item: { cost: null } });
});

describe('over a WebSocket', () => {
  const open = async (init: object = {}) => {
    const client = await openSocket(running?.port ?? 0, { init });
    expect(await client.next()).toEqual({ type: 'connection_ack' });
    return client;
  };

  it('the same rules hold, for the identity of connection_init', async () => {
    await start();
    const guest = await open();
    guest.subscribe('1', '{ item { id cost } }');
    expect(await guest.next()).toMatchObject({
      payload: { data: { item: { id: 'i1', cost: null } }, errors: [{ path: ['item', 'cost'] }] },
    });
    const staff = await open(await bearer('STAFF'));
    staff.subscribe('1', '{ item { id cost } }');
    expect(await staff.next()).toMatchObject({ payload: { data: { item: { cost: 5 } } } });
    guest.close();
    staff.close();
  });

  it('a denied subscription is refused, and the socket stays', async () => {
    await start();
    const guest = await open();
    guest.subscribe('1', 'subscription { feed { id } }');
    expect(await guest.next()).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ path: ['feed'], ...UNAUTHORIZED }],
    });
    expect(changes.open).toBe(0);
    guest.subscribe('2', '{ open }');
    expect(await guest.next()).toMatchObject({ id: '2', payload: { data: { open: 'yes' } } });
    guest.close();
  });

  it('each event lacks what is denied', async () => {
    await start();
    const guest = await open();
    guest.subscribe('1', 'subscription { changed { id cost } }');
    await expect.poll(() => changes.open).toBe(1);
    changes.push({ changed: { id: 'i2', cost: 6 } });
    expect(await guest.next()).toMatchObject({
      payload: { data: { changed: { id: 'i2', cost: null } }, errors: [{ path: ['changed', 'cost'] }] },
    });
    guest.close();
  });
});

it('a denied subscription over SSE is refused before the stream', async () => {
  const { url } = await start();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { feed { id } }' }),
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ errors: [{ path: ['feed'], ...UNAUTHORIZED }] });
  expect(changes.open).toBe(0);
});

describe('policies', () => {
  it('are functions that are asked only when a field needs them, once for a request', async () => {
    const asked: unknown[] = [];
    const { ask } = await start({
      policies: {
        auditor: async (input) => (asked.push(input), input.claims['department'] === 'audit'),
        'open-hours': () => true,
        owner: () => {
          throw new Error('ledger is away');
        },
      },
    });
    await ask('{ open item { id } }', { headers: await bearer() });
    expect(asked).toEqual([]);
    const answer = await ask('query Q { audit again: audit books }', { headers: await bearer() });
    expect(answer.data).toEqual({ audit: 7, again: 7, books: 8 });
    expect(asked).toMatchObject([
      { operationName: 'Q', kind: 'query', viewer: { userId: 'u1' }, claims: { sub: 'u1' } },
    ]);
    expect((await ask('{ audit books }')).errors).toMatchObject([
      { path: ['audit'], extensions: { reason: 'UNAUTHENTICATED' } },
      { path: ['books'], extensions: { code: 'UNAVAILABLE', retryable: true } },
    ]);
  });

  it('that nobody decides do not hold, and the log says so at the start', async () => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'warn', destination: { write: (line) => void lines.push(line) } });
    const { ask } = await start({ policies: { auditor: () => true } }, logger);
    expect(lines.join('')).toMatch(/"policies":\["open-hours","owner"\]/);
    expect((await ask('{ audit books }')).data).toEqual({ audit: 7, books: null });
  });
});

describe('Open Policy Agent', () => {
  /** What speaks its Data API, as far as the gateway uses it. */
  const startOpa = async (
    answer: (input: Readonly<Record<string, unknown>>) => { status?: number; body: string } | undefined,
  ) => {
    const asked: { path: string | undefined; input: Readonly<Record<string, unknown>> }[] = [];
    opa = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { input } = JSON.parse(body) as { input: Readonly<Record<string, unknown>> };
        asked.push({ path: `${request.method} ${request.url}`, input });
        const given = answer(input);
        if (given)
          response.writeHead(given.status ?? 200, { 'content-type': 'application/json' }).end(given.body);
      });
    });
    await new Promise<void>((resolve) => opa?.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never a string.
    const { port } = opa.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, asked };
  };

  it('is asked about the policies that no function decides, in one request', async () => {
    const { url, asked } = await startOpa(() => ({
      body: JSON.stringify({ result: { owner: true, auditor: false } }),
    }));
    const { ask } = await start({ policies: { 'open-hours': () => true }, opa: { url, path: 'shop/rules' } });
    const headers = await bearer('CUSTOMER');
    expect((await ask('query Q { audit books }', { headers })).data).toEqual({ audit: null, books: 8 });
    expect(asked).toMatchObject([
      {
        path: 'POST /v1/data/shop/rules',
        input: {
          viewer: { kind: 'user', userId: 'u1' },
          claims: { department: 'audit' },
          policies: ['auditor', 'owner'],
          operationName: 'Q',
        },
      },
    ]);
    expect(JSON.stringify(asked)).not.toContain(headers.authorization.slice(7));
  });

  it('may answer the set of policies that hold', async () => {
    const { url } = await startOpa(() => ({ body: '{"result": ["auditor"]}' }));
    const { ask } = await start({ opa: { url } });
    expect((await ask('{ audit books }')).data).toEqual({ audit: 7, books: null });
  });

  it.each([
    ['answers an error', () => ({ status: 500, body: '{"result": ["auditor"]}' })],
    ['has no such document', () => ({ body: '{}' })],
    ['answers something else', () => ({ body: '{"result": true}' })],
    ['answers no JSON', () => ({ body: 'yes' })],
    ['does not answer in time', () => undefined],
  ])('that %s lets nobody in', async (_what, answer) => {
    const { url } = await startOpa(answer);
    const { ask } = await start({ opa: { url, timeoutMs: 100 } });
    expect(await ask('{ open audit }')).toMatchObject({
      data: { open: 'yes', audit: null },
      errors: [
        { path: ['audit'], extensions: { code: 'UNAVAILABLE', reason: 'UNAVAILABLE', retryable: true } },
      ],
    });
    running?.gateway.configure({ authorization: { opa: { url, timeoutMs: 100 }, mode: 'reject' } });
    expect((await ask('{ open audit }')).status).toBe(503);
  });

  it('that is not there lets nobody in', async () => {
    const { ask } = await start({ opa: { url: 'http://127.0.0.1:9' } });
    expect((await ask('{ open audit }')).data).toEqual({ open: 'yes', audit: null });
  });
});

describe('without enforcement', () => {
  it('a guarded supergraph is served only if somebody said so, and the log shouts', async () => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'warn', destination: { write: (line) => void lines.push(line) } });
    const { ask } = await start({ enforce: false }, logger);
    expect((await ask('{ item { cost } }')).data).toEqual({ item: { cost: 5 } });
    expect(lines.join('')).toContain('AUTHORIZATION IS OFF');
  });
});
