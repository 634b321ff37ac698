import { AppError } from '@souk/kit/errors';
import { connectRedisKv, createMemoryKv, type Kv } from '@souk/kit/kv';
import { sleep } from '@souk/kit/lifecycle';
import { createSubgraph } from '@souk/kit/subgraph';
import { findRedis, startRedis } from '@souk/testkit/redis';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSocket } from '../../__fixtures__/socket-client.js';
import { type AskOptions, type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { silent } from '../../__fixtures__/tiny-shop.js';
import { createTokenMint, type TokenMint } from '../../__fixtures__/tokens.js';
import type { IdempotencyOptions } from './idempotency.js';

const PAY = `mutation Pay($input: PayInput!) { pay(input: $input) { receipt errors { code } } }`;
const KEY = '8e03978e-40d5-43dd-bc93-6894a57f9324';

/** A till that counts what it was made to do. */
let till: {
  payments: number;
  mood: 'pays' | 'declines' | 'breaks' | 'is away' | 'loses the receipt';
  /** Ends the payments that wait; while undefined, none waits. */
  hold: Promise<void> | undefined;
};
let kv: Kv;
let mint: TokenMint;
let running: RunningGateway[];

const newTill = () =>
  createSubgraph({
    name: 'till',
    sdl: `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")
      type Query { payments: Int }
      type Mutation { pay(input: PayInput!): Paid refund(input: PayInput!): Paid }
      input PayInput { amount: Int! note: String options: [PayOption!] }
      input PayOption { name: String value: Int }
      type Paid { receipt: Int errors: [PayError!]! }
      type PayError { code: String! }`,
    resolvers: {
      Query: { payments: () => till.payments },
      Mutation: {
        pay: async () => {
          till.payments += 1;
          const receipt = till.payments;
          await till.hold;
          if (till.mood === 'breaks') throw new Error('the drawer is stuck');
          if (till.mood === 'is away') throw new AppError('UNAVAILABLE', 'The bank is closed.');
          return till.mood === 'declines'
            ? { receipt: null, errors: [{ code: 'DECLINED' }] }
            : { receipt, errors: [] };
        },
        refund: () => ({ receipt: (till.payments += 1), errors: [] }),
      },
      Paid: {
        receipt: ({ receipt }: { receipt: number }) => {
          if (till.mood === 'loses the receipt') throw new AppError('NOT_FOUND', 'It is gone.');
          return receipt;
        },
      },
    },
    logger: silent,
    createContext: (context) => context,
  });

/** Another replica: a gateway of its own over the same till and the same store. */
async function replica(idempotency: IdempotencyOptions = {}, store = kv): Promise<RunningGateway> {
  const gateway = await startGateway([newTill()], {
    kv: store,
    issuers: [mint.issuer],
    options: { idempotency },
  });
  running.push(gateway);
  return gateway;
}

const withKey = (key: string, headers: Record<string, string> = {}): AskOptions => ({
  variables: { input: { amount: 5 } },
  headers: { 'idempotency-key': key, ...headers },
});

beforeEach(async () => {
  till = { payments: 0, mood: 'pays', hold: undefined };
  kv = createMemoryKv();
  mint = await createTokenMint();
  running = [];
});
afterEach(() => Promise.all(running.map((gateway) => gateway.stop())));

describe('a mutation with an idempotency key', () => {
  it('runs once: the first result is replayed and says so', async () => {
    const gateway = await replica();
    const first = await gateway.ask(PAY, withKey(KEY));
    expect(first.data).toEqual({ pay: { receipt: 1, errors: [] } });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    // As a structured field, which is what the IETF's draft wants.
    const again = await gateway.ask(PAY, withKey(`"${KEY}"`));
    expect(again).toMatchObject({ status: 200, data: { pay: { receipt: 1, errors: [] } } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await gateway.ask(PAY, withKey('another-key'))).data).toMatchObject({ pay: { receipt: 2 } });
    await gateway.ask(PAY, { variables: { input: { amount: 5 } } });
    expect(till.payments).toBe(3);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toContain('souk_gateway_idempotency_keys_total{outcome="first"} 2');
    expect(metrics).toContain('souk_gateway_idempotency_keys_total{outcome="replayed"} 1');
  });

  it('is a conflict if the input is another one, and not if only the order of its keys is', async () => {
    const gateway = await replica();
    const ask = (input: object) =>
      gateway.ask(PAY, { headers: { 'idempotency-key': KEY }, variables: { input } });
    await ask({ amount: 5, note: 'x', options: [{ name: 'tip', value: 1 }] });
    const same = await ask({ options: [{ value: 1, name: 'tip' }], note: 'x', amount: 5 });
    expect(same.headers.get('idempotent-replayed')).toBe('true');
    const other = await ask({ amount: 6 });
    expect(other).toMatchObject({
      status: 409,
      errors: [{ extensions: { code: 'CONFLICT', retryable: false } }],
    });
    expect(till.payments).toBe(1);
  });

  it('has its key for itself: another person, cart or operation may use the same', async () => {
    const gateway = await replica();
    const bearer = async (sub: string) => ({
      authorization: `Bearer ${await mint.sign({ sub, roles: ['CUSTOMER'] })}`,
    });
    const receipts: unknown[] = [];
    for (const headers of [{}, { 'x-cart-token': 'c_1' }, { 'x-cart-token': 'c_2' }, await bearer('ada')]) {
      receipts.push((await gateway.ask(PAY, withKey(KEY, headers))).data);
    }
    receipts.push((await gateway.ask(PAY.replace('pay(', 'pay: refund('), withKey(KEY))).data);
    expect(receipts).toMatchObject([1, 2, 3, 4, 5].map((receipt) => ({ pay: { receipt } })));
    // A signed-in person is known by name, whatever cart they hold and whatever token they show.
    const again = await gateway.ask(PAY, withKey(KEY, { ...(await bearer('ada')), 'x-cart-token': 'c_9' }));
    expect(again.data).toMatchObject({ pay: { receipt: 4 } });
  });

  it('keeps what was decided, a refusal too', async () => {
    const gateway = await replica();
    till.mood = 'declines';
    const declined = await gateway.ask(PAY, withKey(KEY));
    till.mood = 'pays';
    expect((await gateway.ask(PAY, withKey(KEY))).data).toEqual(declined.data);
    expect(declined.data).toEqual({ pay: { receipt: null, errors: [{ code: 'DECLINED' }] } });
    expect(till.payments).toBe(1);
  });

  it.each(['breaks', 'is away', 'loses the receipt'] as const)(
    'keeps nothing of a till that %s: the same key tries again',
    async (mood) => {
      const gateway = await replica();
      till.mood = mood;
      expect((await gateway.ask(PAY, withKey(KEY))).errors).toHaveLength(1);
      till.mood = 'pays';
      const second = await gateway.ask(PAY, withKey(KEY));
      expect(second.data).toEqual({ pay: { receipt: 2, errors: [] } });
      expect(second.headers.get('idempotent-replayed')).toBeNull();
    },
  );

  it('keeps nothing of what was not answered in time', async () => {
    const gateway = await replica();
    gateway.gateway.configure({ deadline: { ms: 100 } });
    let release = (): void => {};
    till.hold = new Promise((resolve) => (release = resolve));
    const late = await gateway.ask(PAY, withKey(KEY));
    expect(late.errors).toMatchObject([{ extensions: { code: 'TIMEOUT', retryable: true } }]);
    till.hold = undefined;
    gateway.gateway.configure({});
    const before = till.payments;
    const second = await gateway.ask(PAY, withKey(KEY));
    expect(second.data).toEqual({ pay: { receipt: before + 1, errors: [] } });
    expect(second.headers.get('idempotent-replayed')).toBeNull();
    release();
  });

  it('forgets after its time', async () => {
    const gateway = await replica({ ttlMs: 50 });
    await gateway.ask(PAY, withKey(KEY));
    await sleep(80);
    expect((await gateway.ask(PAY, withKey(KEY))).data).toMatchObject({ pay: { receipt: 2 } });
  });
});

describe('twins', () => {
  it('wait for the first one, on whichever replica', async () => {
    const [one, other] = [await replica(), await replica()];
    let release = (): void => {};
    till.hold = new Promise((resolve) => (release = resolve));
    const asked = Array.from({ length: 10 }, (_, n) => (n % 2 ? one : other).ask(PAY, withKey(KEY)));
    await until(() => till.payments === 1);
    release();
    const answers = await Promise.all(asked);
    expect(answers.map(({ data }) => data)).toEqual(asked.map(() => ({ pay: { receipt: 1, errors: [] } })));
    const replayed = answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true');
    expect([replayed.length, till.payments]).toEqual([9, 1]);
  });

  it('are told to come back if the first one takes too long', async () => {
    const gateway = await replica({ waitMs: 100 });
    let release = (): void => {};
    till.hold = new Promise((resolve) => (release = resolve));
    const first = gateway.ask(PAY, withKey(KEY));
    await until(() => till.payments === 1);
    const second = await gateway.ask(PAY, withKey(KEY));
    expect(second).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true } }],
    });
    expect(second.headers.get('retry-after')).toBe('1');
    release();
    expect((await first).data).toMatchObject({ pay: { receipt: 1 } });
    expect(till.payments).toBe(1);
  });

  it('do not get the key of one that runs, however long it takes', async () => {
    // A lease of this store runs out when the test says so, not when the machine stands still.
    let time = 0;
    let extensions = 0;
    const store = createMemoryKv({ now: () => time });
    const counting: Kv = {
      ...store,
      async acquireLock(key, ttlMs) {
        const lock = await store.acquireLock(key, ttlMs);
        return lock && { ...lock, extend: (ms) => ((extensions += 1), lock.extend(ms)) };
      },
    };
    const gateway = await replica({ leaseMs: 90, waitMs: 100 }, counting);
    let release = (): void => {};
    till.hold = new Promise((resolve) => (release = resolve));
    const first = gateway.ask(PAY, withKey(KEY));
    await until(() => till.payments === 1);
    for (let step = 0; step < 4; step += 1) {
      time += 80;
      const before = extensions;
      await until(() => extensions > before);
    }
    expect((await gateway.ask(PAY, withKey(KEY))).status).toBe(503);
    release();
    expect((await first).data).toMatchObject({ pay: { receipt: 1 } });
    expect((await gateway.ask(PAY, withKey(KEY))).headers.get('idempotent-replayed')).toBe('true');
    expect(till.payments).toBe(1);
  });

  it('take over from a replica that died, once its lease has run out', async () => {
    // What a process that is gone does with its locks: nothing.
    const ofTheDead: Kv = {
      ...kv,
      acquireLock: async (key, ttlMs) =>
        (await kv.acquireLock(key, ttlMs)) && { extend: async () => true, release: async () => true },
    };
    const [dying, living] = [await replica({ leaseMs: 100 }, ofTheDead), await replica({ leaseMs: 100 })];
    let release = (): void => {};
    till.hold = new Promise((resolve) => (release = resolve));
    const lost = dying.ask(PAY, withKey(KEY));
    await until(() => till.payments === 1);
    till.hold = undefined;
    expect((await living.ask(PAY, withKey(KEY))).data).toMatchObject({ pay: { receipt: 2 } });
    release();
    await lost;
    // Whoever was late has not replaced what others were told.
    expect((await living.ask(PAY, withKey(KEY))).data).toMatchObject({ pay: { receipt: 2 } });
  });
});

describe.skipIf(!(await findRedis()))('replicas that share a Redis (needs redis-server)', () => {
  it('run it once between them, and both replay it', async () => {
    const redis = await startRedis();
    const connect = () => connectRedisKv({ url: redis.url, logger: silent, connectTimeoutMs: 60_000 });
    const stores = [await connect(), await connect()] as const;
    const [one, other] = [await replica({}, stores[0]), await replica({}, stores[1])];
    let release = (): void => {};
    till.hold = new Promise((resolve) => (release = resolve));
    const asked = [one, other, one, other].map((gateway) => gateway.ask(PAY, withKey(KEY)));
    await until(() => till.payments > 0);
    release();
    for (const { data } of await Promise.all(asked)) expect(data).toMatchObject({ pay: { receipt: 1 } });
    for (const gateway of [one, other]) {
      const again = await gateway.ask(PAY, withKey(KEY));
      expect(again.headers.get('idempotent-replayed')).toBe('true');
    }
    expect(till.payments).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
    await redis.stop();
  });
});

describe('a key', () => {
  it.each(['short', 'has spaces in it', '"half-quoted', 'x'.repeat(201), 'ключ-ключ'.slice(0, 9)])(
    'that is none is refused: %s',
    async (key) => {
      const gateway = await replica();
      const asked = gateway.ask(PAY, {
        headers: { 'idempotency-key': Buffer.from(key).toString('latin1') },
        variables: { input: { amount: 5 } },
      });
      expect(await asked).toMatchObject({
        status: 400,
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
      expect(till.payments).toBe(0);
    },
  );

  it('means nothing to queries', async () => {
    const gateway = await replica();
    const query = () => gateway.ask('{ payments }', { headers: { 'idempotency-key': 'no key at all' } });
    expect((await query()).data).toEqual({ payments: 0 });
    till.payments = 7;
    expect((await query()).data).toEqual({ payments: 7 });
  });

  it('comes in extensions over a WebSocket, where a header would belong to all operations', async () => {
    const gateway = await replica();
    const client = await openSocket(gateway.port, { headers: { 'idempotency-key': 'of-the-connection' } });
    await client.next();
    const pay = async (id: string, key?: string) => {
      const extensions = key === undefined ? {} : { extensions: { idempotencyKey: key } };
      client.send({
        id,
        type: 'subscribe',
        payload: { query: PAY, variables: { input: { amount: 5 } }, ...extensions },
      });
      const { payload } = await client.next();
      await client.next();
      return payload;
    };
    const paid = (receipt: number) => ({ data: { pay: { receipt, errors: [] } } });
    expect(await pay('1', KEY)).toEqual(paid(1));
    expect(await pay('2', KEY)).toEqual({ ...paid(1), extensions: { idempotentReplayed: true } });
    expect([await pay('3'), await pay('4')]).toEqual([paid(2), paid(3)]);
    client.close();
    // The same key by HTTP, in the other place.
    expect((await gateway.ask(PAY, withKey(KEY))).data).toEqual(paid(1).data);
  });

  it('is one key: header and extensions must agree', async () => {
    const gateway = await replica();
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': KEY },
      body: JSON.stringify({
        query: PAY,
        variables: { input: { amount: 5 } },
        extensions: { idempotencyKey: 'another-key' },
      }),
    });
    expect([response.status, till.payments]).toEqual([400, 0]);
  });

  it('that cannot be looked up stops the mutation, which the client may then repeat', async () => {
    const away: Kv = { ...kv, acquireLock: async () => Promise.reject(new Error('connection lost')) };
    const gateway = await replica({}, away);
    expect(await gateway.ask(PAY, withKey(KEY))).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true } }],
    });
    expect(till.payments).toBe(0);
    expect((await gateway.ask(PAY, { variables: { input: { amount: 5 } } })).status).toBe(200);
  });

  it('that cannot be kept does not take the answer along', async () => {
    const forgetful: Kv = { ...kv, set: async () => Promise.reject(new Error('connection lost')) };
    const gateway = await replica({}, forgetful);
    expect((await gateway.ask(PAY, withKey(KEY))).data).toMatchObject({ pay: { receipt: 1 } });
  });
});
