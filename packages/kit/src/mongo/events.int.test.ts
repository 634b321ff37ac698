import { type TestMongo, testMongo } from '@souk/testkit/mongo';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProcess, pull } from '../events/__fixtures__/connections.js';
import type { DomainEvent } from '../events/event.js';
import { describeTransportContract, type EventStoreProbe, madeEvent } from '../events/transport.contract.js';
import { createLogger } from '../log/index.js';
import {
  MAX_PENDING,
  type MongoConnection,
  type PendingEvents,
  connectMongo,
  createMongoConsumer,
  createMongoEventLog,
  pendingPush,
  prepareEvents,
  requireRoom,
  roomForEvents,
} from './index.js';

const logger = createLogger({ level: 'silent' });
const OWNER = 'shop';

interface Thing extends PendingEvents {
  readonly _id: string;
  readonly count: number;
}
interface LedgerEntry {
  readonly _id: string;
  readonly consumer: string;
  readonly eventId: string;
  readonly times: number;
}

let server: TestMongo;
let mongo: MongoConnection;
beforeAll(async () => {
  server = await testMongo('events');
  mongo = await connectMongo({ url: server.url, database: server.database, logger });
  await prepareEvents(mongo.database, ['things']);
});
afterAll(async () => {
  await mongo.close();
  await server.stop();
});

const things = () => mongo.database.collection<Thing>('things');
const ledger = () => mongo.database.collection<LedgerEntry>('ledger');
const unrelayed = () => things().find({ unrelayed: true }).toArray();
const openLog = () =>
  createMongoEventLog({ database: mongo.database, source: OWNER, collections: ['things'], logger });

/** Each write changes one document; which one is left to chance, so that documents are shared by writers. */
async function write(events: readonly DomainEvent[], { fail = false } = {}): Promise<void> {
  const _id = `thing-${Math.floor(Math.random() * 3)}`;
  // A guard that matches nothing is what a rolled-back transaction is elsewhere.
  const guard = fail ? { count: -1 } : {};
  if (!fail) await things().updateOne({ _id }, { $setOnInsert: { count: 0 } }, { upsert: true });
  const result = await things().updateOne(
    { _id, ...guard, ...roomForEvents(events.length) },
    { $inc: { count: 1 }, $push: pendingPush(events), $set: { unrelayed: true } },
  );
  if (result.matchedCount === 0) requireRoom(await things().findOne({ _id }), events.length);
}

const store = (): EventStoreProbe => ({
  openLog,
  write,
  openConsumer: (consumer, apply) =>
    createMongoConsumer({
      database: mongo.database,
      consumer,
      owner: OWNER,
      logger,
      maxAttempts: 4,
      handlers: {
        'thing.counted': async (event) => {
          await apply?.(event);
          // Idempotent, as an effect in MongoDB must be: the entry's id is the memory.
          const entry = { consumer, eventId: event.id, times: 1 };
          await ledger().updateOne(
            { _id: `${consumer}:${event.id}` },
            { $setOnInsert: entry },
            { upsert: true },
          );
        },
      },
    }),
  ledgerOf: async (consumer) => (await ledger().find({ consumer }).toArray()).map(({ eventId }) => eventId),
  async deadLettersOf(consumer) {
    const letters = await mongo.database.collection<{ _id: string }>('dead_letters').find({}).toArray();
    return letters
      .map(({ _id }) => _id.split(':'))
      .filter(([name]) => name === consumer)
      .map(([, id]) => id ?? '');
  },
});

describeTransportContract('in process over MongoDB', { owner: OWNER, store, connect: inProcess(logger) });
describeTransportContract('by pull over MongoDB', { owner: OWNER, store, connect: pull(OWNER, logger) });

describe('pending events', () => {
  test('leave no trace in the document once they are in the log', async () => {
    const log = openLog();
    await log.start();
    const event = madeEvent(OWNER);
    await write([event]);
    log.hint();
    await expect.poll(unrelayed, { timeout: 20_000 }).toEqual([]);
    expect(
      await things()
        .find({ 'pending.0': { $exists: true } })
        .toArray(),
    ).toEqual([]);
    await log.stop();
    expect((await log.read(0, 100_000)).filter(({ id }) => id === event.id)).toHaveLength(1);
  });

  test('a relay that died after appending leaves nothing twice', async () => {
    const events = [madeEvent(OWNER), madeEvent(OWNER), madeEvent(OWNER)];
    const first = openLog();
    await write(events);
    await first.start();
    await expect.poll(unrelayed, { timeout: 20_000 }).toEqual([]);
    await first.stop();
    // The document as the dead relay would have left it, and one event more.
    const late = madeEvent(OWNER);
    await write([...events, late]);
    const second = openLog();
    await second.start();
    await expect.poll(unrelayed, { timeout: 20_000 }).toEqual([]);
    await second.stop();
    const all = await second.read(0, 100_000);
    const wanted = [...events, late].map(({ id }) => id);
    expect(all.filter(({ id }) => wanted.includes(id)).map(({ id }) => id)).toEqual(wanted);
    expect(all.map(({ position }) => position)).toEqual(all.map((_, index) => index + 1));
  });

  test('a full document refuses more, as something to try again', async () => {
    const _id = 'full';
    const many = Array.from({ length: MAX_PENDING - 1 }, () => madeEvent(OWNER));
    await things().insertOne({ _id, count: 0, pending: many });
    const push = (count: number) => {
      const events = Array.from({ length: count }, () => madeEvent(OWNER));
      return things().updateOne({ _id, ...roomForEvents(count) }, { $push: pendingPush(events) });
    };
    expect((await push(2)).matchedCount).toBe(0);
    expect((await push(1)).matchedCount).toBe(1);
    expect((await push(1)).matchedCount).toBe(0);
    const full = await things().findOne({ _id });
    expect(() => requireRoom(full)).toThrow(
      expect.objectContaining({ code: 'UNAVAILABLE', retryable: true }),
    );
    await things().deleteOne({ _id });
  });
});

test('an address where nobody answers is an error, and soon', async () => {
  const url = 'mongodb://127.0.0.1:1';
  await expect(connectMongo({ url, database: 'x', logger, serverSelectionTimeoutMs: 300 })).rejects.toThrow(
    /Check MONGODB_URL/,
  );
});
