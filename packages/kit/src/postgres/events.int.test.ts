import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inProcess, pull, unruly } from '../events/__fixtures__/connections.js';
import { type PostgresStore, openPostgresStore } from '../events/__fixtures__/postgres-store.js';
import { describeTransportContract, madeEvent } from '../events/transport.contract.js';
import { createLogger } from '../log/index.js';
import {
  type EventHandler,
  type SqlExecutor,
  appendEvents,
  createPostgresConsumer,
  createPostgresEventLog,
  withTransaction,
} from './index.js';

const logger = createLogger({ level: 'silent' });
const OWNER = 'shop';

let opened: PostgresStore;
beforeAll(async () => {
  opened = await openPostgresStore(OWNER);
});
afterAll(() => opened.close());
const store = (): PostgresStore => opened;

describeTransportContract('in process over PostgreSQL', { owner: OWNER, store, connect: inProcess(logger) });
describeTransportContract('by pull over PostgreSQL', { owner: OWNER, store, connect: pull(OWNER, logger) });
describeTransportContract('unruly over PostgreSQL', {
  owner: OWNER,
  store,
  connect: unruly(inProcess(logger)),
  repeats: true,
});

describe('the relay', () => {
  const openLog = (pollMs: number) =>
    createPostgresEventLog({ pool: store().pool, url: store().url, source: OWNER, logger, pollMs });
  const headBeyond = async (log: ReturnType<typeof openLog>, position: number) => {
    await log.waitBeyond(position, 60_000, new AbortController().signal);
    return log.head();
  };

  test('is woken by the commit: with a poll of an hour an event is still seen at once, by another replica too', async () => {
    const [own, other] = [openLog(3_600_000), openLog(3_600_000)];
    await own.start();
    await other.start();
    const before = await own.head();
    await store().write([madeEvent(OWNER)]);
    expect([await headBeyond(own, before), await headBeyond(other, before)]).toEqual([
      before + 1,
      before + 1,
    ]);
    await own.stop();
    await other.stop();
  });

  test('gives readers that keep up what it has just relayed, as it is in the table, without another look at it', async () => {
    const log = openLog(3_600_000);
    await log.start();
    const before = await log.head();
    await store().write([madeEvent(OWNER), madeEvent(OWNER)]);
    await log.waitBeyond(before, 20_000, new AbortController().signal);
    const ask = vi.spyOn(store().pool, 'query');
    const relayed = await log.read(before, 10);
    expect(ask).not.toHaveBeenCalled();
    ask.mockRestore();
    await log.stop();
    expect(relayed).toHaveLength(2);
    expect(await log.read(before, 10)).toEqual(relayed);
  });

  test('goes on after its connections were cut', async () => {
    const log = openLog(500);
    await log.start();
    const before = await log.head();
    await store().pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND application_name IN ('souk event wake-up', '${OWNER} relay')`,
    );
    await store().write([madeEvent(OWNER)]);
    expect(await headBeyond(log, before)).toBe(before + 1);
    await log.stop();
  });

  test('moves more than one portion', async () => {
    const log = openLog(500);
    await log.start();
    const before = await log.head();
    const events = Array.from({ length: 2_300 }, () => madeEvent(OWNER));
    await withTransaction(store().pool, (sql) => appendEvents(sql, events));
    await expect.poll(() => log.head()).toBe(before + 2_300);
    const first = await log.read(before, 1_000);
    expect(first.map(({ id }) => id)).toEqual(events.slice(0, 1_000).map(({ id }) => id));
    await log.stop();
    await log.stop();
  });
});

test('a consumer of batches gets each event once, in order, in one transaction with its cursor', async () => {
  const log = createPostgresEventLog({ pool: store().pool, url: store().url, source: OWNER, logger });
  await log.start();
  const position = await log.head();
  const events = Array.from({ length: 5 }, () => madeEvent(OWNER, { type: 'thing.batched' }));
  await store().write(events);
  await expect.poll(() => log.head()).toBe(position + 5);
  const recorded = await log.read(position, 10);
  await log.stop();

  const batches: string[][] = [];
  const consumer = createPostgresConsumer({
    pool: store().pool,
    consumer: 'batches',
    owner: OWNER,
    types: ['thing.batched'],
    async handleBatch(sql, batch) {
      batches.push(batch.map(({ id }) => id));
      await sql.query('INSERT INTO ledger SELECT $1, jsonb_array_elements_text($2::jsonb)', [
        'batches',
        JSON.stringify(batch.map(({ id }) => id)),
      ]);
    },
    logger,
  });
  const ids = recorded.map(({ id }) => id);
  await consumer.deliver([...recorded.slice(0, 3)].reverse(), position + 3);
  await consumer.deliver(recorded, position + 5);
  await consumer.deliver(recorded.slice(0, 2), position + 2);
  expect(batches).toEqual([ids.slice(0, 3), ids.slice(3)]);
  expect((await store().idsIn('ledger', 'batches')).sort()).toEqual([...ids].sort());
  expect(await consumer.cursor.load(OWNER)).toBe(position + 5);
});

test('a consumer tells what it has committed, of dead letters that are tried again, too', async () => {
  const log = createPostgresEventLog({ pool: store().pool, url: store().url, source: OWNER, logger });
  await log.start();
  const position = await log.head();
  await store().write([madeEvent(OWNER, { type: 'thing.told' })]);
  await expect.poll(() => log.head()).toBe(position + 1);
  const recorded = await log.read(position, 1);
  await log.stop();

  let isBad = true;
  const onCommitted = vi.fn<() => void>();
  const consumer = createPostgresConsumer({
    pool: store().pool,
    consumer: 'telling',
    owner: OWNER,
    types: ['thing.told'],
    handleBatch: async () => {
      expect(onCommitted).not.toHaveBeenCalled();
      if (isBad) throw new Error('nothing can be done with it');
    },
    logger,
    maxAttempts: 1,
    onCommitted,
  });
  await consumer.deliver(recorded, position + 1);
  expect(onCommitted).toHaveBeenCalledTimes(1);
  expect(await store().deadLettersOf('telling')).toHaveLength(1);

  onCommitted.mockClear();
  isBad = false;
  await store().retryDeadLetters('telling');
  expect(await consumer.redeliver?.()).toBe(1);
  expect(onCommitted).toHaveBeenCalledTimes(1);
  expect(await consumer.redeliver?.()).toBe(0);
  expect(onCommitted).toHaveBeenCalledTimes(1);
});

test('a dead letter that another replica has applied meanwhile is not set aside anew', async () => {
  const { pool } = store();
  const common = { consumer: 'replicas', owner: OWNER, logger, maxAttempts: 1 };
  const note: EventHandler = async (sql, { id }) =>
    void (await sql.query('INSERT INTO ledger VALUES ($1, $2)', ['replicas', id]));
  const mended = createPostgresConsumer({ ...common, pool, handlers: { 'thing.shared': note } });
  let isShared = false;
  const broken = createPostgresConsumer({
    ...common,
    transaction: <T>(work: (sql: SqlExecutor) => Promise<T>) =>
      withTransaction(pool, work).catch(async (error: unknown) => {
        // The other replica looks between the last attempt, which has let go of the letter, and what follows it.
        if (isShared) await mended.redeliver?.();
        throw error;
      }),
    handlers: { 'thing.shared': () => Promise.reject(new Error('an older version cannot apply it')) },
  });
  const event = { ...madeEvent(OWNER, { type: 'thing.shared' }), position: 1 };
  await broken.deliver([event], 0);
  await store().retryDeadLetters('replicas');
  isShared = true;
  await broken.redeliver?.();
  expect(await store().idsIn('ledger', 'replicas')).toEqual([event.id]);
  expect(await store().deadLettersOf('replicas')).toEqual([]);
});
