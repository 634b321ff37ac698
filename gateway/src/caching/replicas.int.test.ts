import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { connectRedisKv } from '@souk/kit/kv';
import { redisSharedCache } from '@souk/kit/shared-cache';
import { findRedis, startRedis, type TestRedis } from '@souk/testkit/redis';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CachedShop, createCachedShop } from '../__fixtures__/cached-shop.js';
import { createMemoryEventLog } from '../__fixtures__/memory-event-log.js';
import { type Answer, type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { silent } from '../__fixtures__/tiny-shop.js';
import { createTokenMint, type TokenMint } from '../__fixtures__/tokens.js';
import type { CachingOptions } from './caching-options.js';
import type { EventLogs } from './followers.js';

/** Replicas of one gateway over the same subgraphs, with a Redis between them. */
describe.skipIf((await findRedis()) === undefined)('replicas, with redis-server on the PATH', () => {
  let shop: CachedShop;
  let redis: TestRedis;
  let mint: TokenMint;
  const stops: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    [redis, mint] = [await startRedis(), await createTokenMint()];
    shop = createCachedShop();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
    await redis.stop();
  });

  const startReplica = async (
    caching: CachingOptions = {},
    eventLogs: EventLogs = shop.eventLogs,
  ): Promise<RunningGateway> => {
    const kv = await connectRedisKv({ url: redis.url, logger: silent, connectTimeoutMs: 60_000 });
    stops.push(() => kv.close());
    const replica = await startGateway(shop.apps, {
      transports: shop.transports,
      eventLogs,
      issuers: [mint.issuer],
      kv,
      openSharedCache: await redisSharedCache({ url: redis.url, logger: silent }),
      options: { caching: { settleMs: 0, readYourWritesMs: 0, afterMutationMs: 0, ...caching } },
    });
    stops.push(() => replica.stop());
    return replica;
  };
  /** Asks until no subgraph is asked for it any more. */
  const known = (replica: RunningGateway, query: string): Promise<Answer> =>
    until(async () => {
      const before = shop.asked.products + shop.asked.inventory;
      await replica.ask(query);
      return shop.asked.products + shop.asked.inventory === before;
    }).then(() => replica.ask(query));
  /** Events that nobody tells of: a replica that hears them late. */
  const deaf = (): EventLogs => {
    const log = createMemoryEventLog('deaf');
    return () => log;
  };
  const redisTells = async (...args: string[]): Promise<string[]> => {
    const { stdout } = await promisify(execFile)('redis-cli', ['-u', redis.url, ...args]);
    return stdout.split('\n').filter(Boolean);
  };
  /** A connection that is told what others change (client-side caching). */
  const isListening = (client: string): boolean => / flags=\w*t/.test(client);
  const LIST = '{ products { id name } }';
  const STOCK = '{ products { id stock } }';

  it.each([
    ['responses', LIST, { entities: false }],
    ['entities', STOCK, { responses: false }],
  ] as const)('%s that one has, the other need not ask for', async (_what, query, caching) => {
    const [one, other] = [await startReplica(caching), await startReplica(caching)];
    const answer = await known(one, query);
    // It is put there in the background.
    await until(async () => {
      const before = { ...shop.asked };
      const again = await other.ask(query);
      expect(again.data).toEqual(answer.data);
      return shop.asked.products === before.products && shop.asked.inventory === before.inventory;
    });
    expect((await known(other, query)).data).toEqual(answer.data);
  });

  it('hear from Redis what an event told another one', async () => {
    const caching = { entities: false } as const;
    const one = await startReplica(caching);
    const other = await startReplica(caching, deaf());
    await until(async () => (await redisTells('client', 'list')).filter(isListening).length === 2);
    // A replica that has just started may find Redis too slow for a moment, and share nothing of what it asks then.
    let list = LIST;
    for (let n = 0; (await redisTells('--scan', '--pattern', '*:entry:*')).length === 0; n += 1) {
      list = `query List${n} ${LIST}`;
      await known(one, list);
    }
    await known(other, list);
    shop.rename('p1', 'Lantern');
    for (const replica of [one, other])
      await until(async () => JSON.stringify((await replica.ask(list)).data).includes('Lantern'));
  });

  it('see what somebody wrote through another one', async () => {
    const caching = { readYourWritesMs: 60_000 };
    const [one, other] = [await startReplica(caching, deaf()), await startReplica(caching, deaf())];
    const ada = { headers: { authorization: `Bearer ${await mint.sign({ sub: 'ada' })}` } };
    for (const replica of [one, other]) await known(replica, LIST);
    await other.ask(LIST, ada);
    await one.ask('mutation { rename(id: "p1", name: "Lantern") { id } }', ada);
    await until(async () => JSON.stringify((await other.ask(LIST, ada)).data).includes('Lantern'));
    expect(JSON.stringify((await one.ask(LIST, ada)).data)).toContain('Lantern');
  });

  it('answer from memory, or from subgraphs, while Redis hangs or is away, and share again when it is back', async () => {
    const [one, other] = [await startReplica(), await startReplica()];
    await known(one, LIST);
    redis.freeze();
    expect((await one.ask(LIST)).errors).toBeUndefined();
    expect((await other.ask(LIST)).errors).toBeUndefined();
    shop.rename('p1', 'Lantern');
    await until(async () => JSON.stringify((await one.ask(LIST)).data).includes('Lantern'));
    redis.thaw();
    await redis.stop();
    for (const replica of [one, other]) {
      const { data, errors } = await replica.ask(STOCK);
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ products: [{ stock: 3 }, { stock: 3 }, { stock: 3 }] });
    }
    shop.rename('p1', 'Torch');
    for (const replica of [one, other])
      await until(async () => JSON.stringify((await replica.ask(LIST)).data).includes('Torch'));
    redis = await startRedis({ port: redis.port });
    await until(async () => {
      // New questions, so that memory does not know them.
      const query = `{ products { id at${Math.random().toString(36).slice(2)}: name } }`;
      await known(one, query);
      const before = shop.asked.products;
      const { data } = await other.ask(query);
      expect(JSON.stringify(data)).toContain('Torch');
      return shop.asked.products === before;
    });
  });

  it('that were all gone do not believe what was shared before, unless they heard all events since', async () => {
    const caching = { entities: false } as const;
    const one = await startReplica(caching);
    await known(one, LIST);
    await stops.pop()?.();
    shop.rename('p1', 'Lantern');
    const late = await startReplica(caching);
    expect(JSON.stringify((await known(late, LIST)).data)).toContain('Lantern');
  });

  it('that start later do not find what should have gone while Redis hung', async () => {
    const caching = { entities: false } as const;
    const LAMP = '{ product(id: "p1") { id name } }';
    const one = await startReplica(caching);
    await known(one, LAMP);
    await until(async () => (await redisTells('--scan', '--pattern', '*:entry:*')).length > 0);
    const [position = ''] = await redisTells('--scan', '--pattern', '*:position:products*');
    const before = await redisTells('get', position);
    redis.freeze();
    await one.ask('{ products { name } }');
    redis.thaw();
    shop.rename('p1', 'Lantern');
    // Others say nothing of this product, but move the position beyond what does.
    await until(async () => {
      shop.rename('p2', 'Stool');
      return (await redisTells('get', position))[0] !== before[0];
    });
    const late = await startReplica(caching);
    await known(late, '{ products { name } }');
    expect((await late.ask(LAMP)).data).toEqual({ product: { id: 'p1', name: 'Lantern' } });
  });

  it('take over from another one together with its position what it did not believe', async () => {
    const caching = { entities: false } as const;
    const one = await startReplica(caching);
    await known(one, LIST);
    await until(async () => (await redisTells('--scan', '--pattern', '*:entry:*')).length > 0);
    await stops.pop()?.();
    shop.rename('p1', 'Lantern');
    const positions = await redisTells('--scan', '--pattern', '*:position:*');
    await redisTells('del', ...positions);
    // It begins where the log ends now, and does not know what happened before.
    await startReplica(caching);
    await until(async () => {
      const saved = await redisTells('--scan', '--pattern', '*:position:*');
      return saved.length === positions.length;
    });
    const other = await startReplica(caching);
    await known(other, '{ products { name } }');
    expect(JSON.stringify((await other.ask(LIST)).data)).toContain('Lantern');
  });
});
