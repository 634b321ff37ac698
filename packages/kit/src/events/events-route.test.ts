import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENVELOPE_HEADER, type Viewer, signEnvelope } from '../auth/index.js';
import { createLogger } from '../log/index.js';
import { SECRET, serveEvents } from './__fixtures__/connections.js';
import type { EventLog } from './event-log.js';
import { createHeadWatch } from './head-watch.js';
import { createRemoteEventLog } from './index.js';
import { madeEvent } from './transport.contract.js';

const logger = createLogger({ level: 'silent' });
const events = [1, 2, 3].map((position) => ({ ...madeEvent('shop'), position }));
const watch = createHeadWatch();
let broken = false;
const log: EventLog = {
  read: async (after, limit) => {
    if (broken) throw new Error('connect ECONNREFUSED db:5432');
    return events.filter((event) => event.position > after).slice(0, limit);
  },
  waitBeyond: (after, timeoutMs, signal) => watch.waitBeyond(after, timeoutMs, signal),
  head: async () => events.length,
};
let served: { url: string; close(): Promise<void> };
beforeAll(async () => {
  served = await serveEvents(log, 'shop', logger);
  watch.advance(3);
});
afterAll(() => served.close());

const orders: Viewer = { kind: 'service', service: 'orders' };
const sign = (viewer: Viewer, audience = 'shop', secret = SECRET, now = new Date()) =>
  signEnvelope({ viewer, requestId: 'test' }, { audience, secret, now });
const get = async (path: string, envelope?: string, method = 'GET') => {
  const headers: Record<string, string> = envelope === undefined ? {} : { [ENVELOPE_HEADER]: envelope };
  const response = await fetch(served.url + path, { method, headers });
  return { status: response.status, body: await response.json() };
};

test('a subgraph reads pages, and the head', async () => {
  const envelope = await sign(orders);
  expect(await get('/events?after=1&limit=1', envelope)).toEqual({
    status: 200,
    body: { events: [events[1]], head: 2 },
  });
  expect(await get('/events', envelope)).toEqual({ status: 200, body: { events, head: 3 } });
  expect(await get('/events?limit=0', envelope)).toEqual({ status: 200, body: { events: [], head: 3 } });
});

test('nobody else does', async () => {
  const late = new Date(Date.now() - 120_000);
  const answers = await Promise.all([
    get('/events'),
    get('/events', 'not.a.jws'),
    get('/events', await sign(orders, 'another-subgraph')),
    get('/events', await sign(orders, 'shop', 'another-secret-of-at-least-32-characters')),
    get('/events', await sign(orders, 'shop', SECRET, late)),
    get('/events', await sign({ kind: 'anonymous' })),
    get('/events', await sign({ kind: 'user', userId: 'ada', roles: ['ADMIN'] })),
  ]);
  // A signature that is merely too old tells of clocks that differ: worth another try.
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 503, 403, 403]);
  for (const { body } of answers) expect(body).not.toHaveProperty('events');
});

test.each(['after=-1', 'after=x', 'limit=1001', 'wait=60000', 'limit=1.5', 'after=1e99'])(
  '%s is a 400',
  async (query) => {
    expect((await get(`/events?${query}`, await sign(orders))).status).toBe(400);
  },
);

test('other methods are refused, and a failure tells nothing about the inside', async () => {
  expect((await get('/events', await sign(orders), 'POST')).status).toBe(405);
  broken = true;
  const answer = await get('/events', await sign(orders));
  broken = false;
  expect(answer.status).toBe(503);
  expect(JSON.stringify(answer.body)).not.toMatch(/ECONN|db:5432/);
});

test('a long-poll is answered as soon as there is news, and what it brought is read without another request', async () => {
  const remote = createRemoteEventLog({
    owner: 'shop',
    reader: 'orders',
    url: () => served.url,
    secret: SECRET,
  });
  const signal = new AbortController().signal;
  const waiting = remote.waitBeyond(3, 20_000, signal);
  await delay(50);
  const news = { ...madeEvent('shop'), position: 4 };
  events.push(news);
  watch.advance(4);
  await waiting;
  broken = true;
  expect(await remote.read(3, 500)).toEqual([news]);
  broken = false;
  expect(await remote.read(4, 500)).toEqual([]);
  expect(await remote.head()).toBe(4);
});

test('an abandoned long-poll ends at once', async () => {
  const remote = createRemoteEventLog({
    owner: 'shop',
    reader: 'orders',
    url: () => served.url,
    secret: SECRET,
  });
  const leaving = new AbortController();
  const waiting = remote.waitBeyond(1_000, 20_000, leaving.signal);
  leaving.abort();
  await waiting;
});

test('a wrong secret is a retryable failure that says what to check', async () => {
  const secret = 'another-secret-of-at-least-32-characters';
  const remote = createRemoteEventLog({ owner: 'shop', reader: 'orders', url: () => served.url, secret });
  await expect(remote.read(0, 10)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('SOUK_INTERNAL_SECRET') as string,
  });
});
