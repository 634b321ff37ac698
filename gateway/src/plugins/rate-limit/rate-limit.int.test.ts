import { connectRedisKv, createMemoryKv, type Kv } from '@souk/kit/kv';
import { createLogger } from '@souk/kit/log';
import { findRedis, startRedis, type TestRedis } from '@souk/testkit/redis';
import { until } from '@souk/testkit/waiting';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSocket } from '../../__fixtures__/socket-client.js';
import { type Answer, type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, silent, type TinyShop } from '../../__fixtures__/tiny-shop.js';
import { createTokenMint, type TokenMint } from '../../__fixtures__/tokens.js';
import type { GatewayOptions } from '../../gateway-options.js';
import type { RateLimitOptions } from './rate-limit-options.js';

const hasRedis = (await findRedis()) !== undefined;
let redis: Promise<TestRedis> | undefined;
afterAll(async () => (await redis)?.stop());
const inRedis = async (): Promise<Kv> => {
  const { url } = await (redis ??= startRedis());
  const patience = { connectTimeoutMs: 60_000, commandTimeoutMs: 30_000 };
  return connectRedisKv({ url, logger: silent, prefix: `test-${Math.random()}:`, ...patience });
};

let shop: TinyShop;
let mint: TokenMint;
let kv: Kv;
let running: RunningGateway;
beforeEach(async () => {
  shop = createTinyShop();
  mint = await createTokenMint();
});
afterEach(async () => {
  await running.stop();
  await kv.close();
});

/** With patience for a Redis on a busy machine. */
async function start(rateLimit: RateLimitOptions, more: GatewayOptions = {}): Promise<void> {
  running = await startGateway(shop.apps, {
    kv,
    issuers: [mint.issuer],
    options: { server: { trustedProxies: 1 }, rateLimit: { timeoutMs: 30_000, ...rateLimit }, ...more },
  });
}
/** As if it came from that address, through one proxy. */
const from = (address: string, headers: Record<string, string> = {}) => ({
  headers: { 'x-forwarded-for': address, ...headers },
});
const left = ({ headers }: Answer): number => Number(headers.get('ratelimit-remaining'));
const slowly = 0.001;

// Estimated at 10, answered with 2.
const PRODUCTS = '{ products { name } }';
const NOTES = '{ notes }';

describe.each([
  ['in process', async () => createMemoryKv()],
  ...(hasRedis ? ([['in Redis', inRedis]] as const) : []),
] as const)('buckets %s', (_name, open) => {
  beforeEach(async () => void (kv = await open()));

  it('take the estimate, and get back what was not answered', async () => {
    await start({ rules: [{ by: 'address', capacity: 100, refillPerSecond: slowly }] });
    for (const expected of [98, 96, 94]) expect(left(await running.ask(PRODUCTS, from('a')))).toBe(expected);
    expect(left(await running.ask(PRODUCTS, from('b')))).toBe(98);
    const { headers } = await running.ask('{ __typename }', from('a'));
    expect(headers.get('ratelimit-limit')).toBe('100');
    expect(headers.get('ratelimit-remaining'), 'nothing is free').toBe('93');
    // A bucket refills while one asks, if only a little.
    const reset = Number(headers.get('ratelimit-reset'));
    expect(reset).toBeGreaterThan(7 / slowly - 120);
    expect(reset).toBeLessThanOrEqual(7 / slowly);
  });

  it('refuse what they do not hold, before any subgraph is asked', async () => {
    await start({ rules: [{ by: 'address', capacity: 12, refillPerSecond: 0.1 }] });
    await running.ask('mutation { addNote(text: "kept") }', from('a'));
    const refused = await running.ask('mutation { addNote(text: "not kept") }', from('a'));
    expect(refused).toMatchObject({
      status: 429,
      errors: [
        {
          message: expect.stringMatching(
            /^Too much was asked in a short time\. Ask again in \d+ s/,
          ) as string,
          extensions: { code: 'RATE_LIMITED', retryable: true, rule: 'address', cost: 10 },
        },
      ],
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-limit')).toBe('12');
    expect(left(refused)).toBeLessThan(10);
    expect(shop.notes).toEqual(['kept']);
    expect((await running.ask(PRODUCTS, from('b'))).status).toBe(200);
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toContain('souk_gateway_rate_limited_total{rule="address"} 1');
  });

  it('are in debt after an answer that was dearer than estimated', async () => {
    await start(
      { rules: [{ by: 'address', capacity: 5, refillPerSecond: slowly }] },
      { cost: { defaultListSize: 1 } },
    );
    shop.notes = Array.from({ length: 20 }, (_, n) => `${n}`);
    expect((await running.ask(NOTES, from('a'))).status).toBe(200);
    const { status, errors } = await running.ask('{ __typename }', from('a'));
    expect(status).toBe(429);
    expect(errors?.[0]?.extensions?.['retryAfterMs']).toBeGreaterThan((34 / slowly) * 1000);
  });

  it('let through what costs more than they hold, once they are full', async () => {
    await start({ rules: [{ by: 'address', capacity: 4, refillPerSecond: slowly }] });
    expect(left(await running.ask(PRODUCTS, from('a')))).toBe(2);
    expect((await running.ask(PRODUCTS, from('a'))).status).toBe(429);
  });

  it('of all rules must hold enough, and none pays for what another refuses', async () => {
    await start({
      rules: [
        { by: 'address', capacity: 1_000, refillPerSecond: slowly },
        { by: 'client', capacity: 12, refillPerSecond: slowly },
      ],
    });
    const app = (name: string) => from('a', { 'apollographql-client-name': name });
    expect(left(await running.ask('mutation { addNote(text: "x") }', app('ios')))).toBe(2);
    const refused = await running.ask(PRODUCTS, app('ios'));
    expect(refused.errors).toMatchObject([{ extensions: { rule: 'client' } }]);
    expect((await running.ask(PRODUCTS, app('android'))).status).toBe(200);
    // 10 of the mutation, 2 of the products, 1 of this: the refused one took nothing.
    const plain = await running.ask('{ __typename }', { headers: { 'x-forwarded-for': 'a' } });
    expect(left(plain)).toBe(11);
    running.gateway.configure({
      server: { trustedProxies: 1 },
      rateLimit: {
        timeoutMs: 30_000,
        rules: [{ by: 'address', capacity: 1_000, refillPerSecond: slowly }],
      },
    });
    expect(left(await running.ask('{ __typename }', from('a')))).toBe(1_000 - 14);
  });

  it('belong to the user, whatever the address', async () => {
    await start({ rules: [{ by: 'user', capacity: 3, refillPerSecond: slowly }] });
    const as = async (sub: string, address: string) =>
      running.ask('{ whoami }', from(address, { authorization: `Bearer ${await mint.sign({ sub })}` }));
    expect([left(await as('u1', 'a')), left(await as('u1', 'b')), left(await as('u2', 'a'))]).toEqual([
      2, 1, 2,
    ]);
    const anonymous = await running.ask('{ whoami }', from('a'));
    expect(anonymous.headers.has('ratelimit-limit')).toBe(false);
  });

  it('belong to all whose token claims the same', async () => {
    await start({ rules: [{ by: 'claim:tenant', capacity: 3, refillPerSecond: slowly }] });
    const as = async (sub: string, tenant?: unknown) =>
      running.ask('{ whoami }', {
        headers: {
          authorization: `Bearer ${await mint.sign({ sub, ...(tenant === undefined ? {} : { tenant }) })}`,
        },
      });
    expect([left(await as('u1', 'acme')), left(await as('u2', 'acme')), left(await as('u3', 7))]).toEqual([
      2, 1, 2,
    ]);
    for (const answer of [await as('u1'), await as('u1', { name: 'acme' }), await running.ask('{ whoami }')])
      expect(answer.headers.has('ratelimit-limit')).toBe(false);
  });

  it('count operations where there is no cost', async () => {
    await start({ rules: [{ by: 'address', capacity: 2, refillPerSecond: slowly }] }, { cost: false });
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await running.ask(PRODUCTS, from('a'))).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('pay for operations over WebSocket: subscriptions when they start, and for each event', async () => {
    await start({ rules: [{ by: 'address', capacity: 5, refillPerSecond: slowly }] });
    const socket = await openSocket(running.port, from('a'));
    await socket.next();
    socket.subscribe('live', 'subscription { priceChanged { id } }');
    await until(() => shop.priceChanges.open === 1);
    const event = { priceChanged: { id: 'p1', price: 3 } };
    // One at the start, then one for each event.
    for (let n = 0; n < 4; n += 1) {
      shop.priceChanges.push(event);
      expect(await socket.next()).toMatchObject({ id: 'live', type: 'next', payload: { data: {} } });
    }
    shop.priceChanges.push(event);
    expect(await socket.next()).toMatchObject({
      id: 'live',
      type: 'next',
      payload: { errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true } }] },
    });
    expect(await socket.next()).toEqual({ id: 'live', type: 'complete' });
    await until(() => shop.priceChanges.open === 0);
    socket.subscribe('more', '{ whoami }');
    expect(await socket.next()).toMatchObject({
      id: 'more',
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED', rule: 'address' } }],
    });
    socket.close();
  });

  it('pay for operations over SSE', async () => {
    await start({ rules: [{ by: 'address', capacity: 2, refillPerSecond: slowly }] });
    const subscribe = () =>
      fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-forwarded-for': 'a' },
        body: JSON.stringify({ query: 'subscription { priceChanged { id } }' }),
      });
    const events = await subscribe();
    expect(events.headers.get('ratelimit-remaining')).toBe('1');
    const text = events.text();
    for (let n = 0; n < 2; n += 1) shop.priceChanges.push({ priceChanged: { id: 'p1', price: 3 } });
    expect(await text).toMatch(/"id":"p1"[^]*"RATE_LIMITED"[^]*event: complete/);
    expect((await subscribe()).status).toBe(429);
  });
});

describe('by default', () => {
  beforeEach(() => void (kv = createMemoryKv()));

  it('this machine is not counted, and everybody else generously', async () => {
    await start({});
    expect((await running.ask(PRODUCTS)).headers.has('ratelimit-limit')).toBe(false);
    expect((await running.ask(PRODUCTS, from('203.0.113.7'))).headers.get('ratelimit-limit')).toBe('300000');
  });

  it('can be switched off, and is refused if rules would share buckets', async () => {
    await start({ rules: [{ by: 'address', capacity: 1, refillPerSecond: slowly }] });
    running.gateway.configure({ server: { trustedProxies: 1 }, rateLimit: false });
    for (let n = 0; n < 3; n += 1) expect((await running.ask(PRODUCTS, from('a'))).status).toBe(200);
    const rule = { by: 'address', capacity: 1, refillPerSecond: 1 } as const;
    expect(() => running.gateway.configure({ rateLimit: { rules: [rule, rule] } })).toThrow(
      'two rules are named "address"',
    );
  });

  it.each([
    ['is refused', { exempt: [] }, [200, 429, 429], 'shares one bucket'],
    ['is exempt', {}, [200, 200, 200], 'nobody behind it is counted'],
  ])('tells an operator once that an address that %s may be a proxy', async (_what, more, expected, told) => {
    const logged: string[] = [];
    const logger = createLogger({
      level: 'warn',
      destination: { write: (line: string) => void logged.push(line) },
    });
    const rules = [{ by: 'address', capacity: 1, refillPerSecond: slowly }] as const;
    running = await startGateway(shop.apps, { kv, logger, options: { rateLimit: { rules, ...more } } });
    const statuses = [(await running.ask('{ whoami }')).status];
    expect(logged.join('')).not.toContain('TRUSTED_PROXIES');
    for (let n = 0; n < 2; n += 1)
      statuses.push((await running.ask('{ whoami }', from('203.0.113.7'))).status);
    expect(statuses).toEqual(expected);
    const warnings = logged.filter((line) => line.includes('set TRUSTED_PROXIES'));
    expect(warnings).toEqual([expect.stringContaining(told)]);
  });

  it('callers who change their address fill no memory, and push nobody else’s values out', async () => {
    await kv.close();
    kv = createMemoryKv({ maxKeys: 50 });
    await kv.set('stored', 'result');
    await start({ rules: [{ by: 'address', capacity: 10, refillPerSecond: slowly }] });
    for (let n = 0; n < 120; n += 1) await running.ask('{ __typename }', from(`203.0.${n}.1`));
    expect(await kv.get('stored')).toBe('result');
    // The latest is known, the first one is forgotten: full again.
    expect(left(await running.ask('{ __typename }', from('203.0.119.1')))).toBe(8);
    expect(left(await running.ask('{ __typename }', from('203.0.0.1')))).toBe(9);
  });
});

describe.skipIf(!hasRedis)('while Redis is away', () => {
  let own: TestRedis;
  beforeEach(async () => {
    own = await startRedis();
    kv = await connectRedisKv({ url: own.url, logger: silent, connectTimeoutMs: 30_000 });
  });
  afterEach(() => own.stop());
  const rules = [{ by: 'address', capacity: 100, refillPerSecond: slowly }] as const;
  const ask = () => running.ask(PRODUCTS, from('a'));

  it('operations run uncounted, and are counted again once it is back', async () => {
    await start({ rules });
    let answer = await ask();
    expect(left(answer)).toBe(98);
    await own.stop();
    for (let n = 0; n < 5; n += 1) {
      answer = await ask();
      expect([answer.status, answer.headers.has('ratelimit-limit')]).toEqual([200, false]);
    }
    own = await startRedis({ port: own.port });
    while (!answer.headers.has('ratelimit-limit')) answer = await ask();
    expect(left(answer)).toBe(98);
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toMatch(/souk_gateway_rate_limit_unavailable_total [1-9]/);
  });

  it('operations are refused where that was chosen', async () => {
    await start({ rules, whenUnavailable: 'refuse' });
    await own.stop();
    for (let n = 0; n < 5; n += 1) {
      expect(await ask()).toMatchObject({ status: 503, errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    }
    expect((await ask()).headers.get('retry-after')).toBe('1');
  });

  it('a Redis that keeps its connections and answers nothing holds nobody up', async () => {
    await start({ rules, timeoutMs: 20 });
    await ask();
    own.freeze();
    for (let n = 0; n < 20; n += 1) expect((await ask()).status).toBe(200);
    own.thaw();
    let answer = await ask();
    while (!answer.headers.has('ratelimit-limit')) answer = await ask();
  });
});
