import { testMongo } from '@souk/testkit/mongo';
import type { Collection } from 'mongodb';
import { createLogger } from '../../log/index.js';
import {
  type MongoConnection,
  type PendingEvents,
  connectMongo,
  createMongoConsumer,
  createMongoEventLog,
  pendingPush,
  prepareEvents,
  requireRoom,
  roomForEvents,
} from '../../mongo/index.js';
import type { EventStoreProbe } from '../transport.contract.js';

const logger = createLogger({ level: 'silent' });

/** A document that carries pending events. */
export interface Thing extends PendingEvents {
  readonly _id: string;
  readonly count: number;
}
interface LedgerEntry {
  readonly _id: string;
  readonly consumer: string;
  readonly eventId: string;
  readonly times: number;
}

/** A database with events in its documents and a ledger, for the contract of transports. */
export interface MongoStore extends EventStoreProbe {
  readonly mongo: MongoConnection;
  readonly things: Collection<Thing>;
  close(): Promise<void>;
}

export async function openMongoStore(owner: string): Promise<MongoStore> {
  const server = await testMongo('events');
  const mongo = await connectMongo({ url: server.url, database: server.database, logger });
  const { database } = mongo;
  await prepareEvents(database, ['things']);
  const things = database.collection<Thing>('things');
  const ledger = database.collection<LedgerEntry>('ledger');
  const deadLetters = database.collection<{ _id: string }>('dead_letters');
  const lettersOf = (consumer: string) => ({ _id: { $gte: `${consumer}:`, $lt: `${consumer};` } });
  return {
    mongo,
    things,
    openLog: () => createMongoEventLog({ database, source: owner, collections: ['things'], logger }),
    /** Each write changes one document; which one is left to chance, so that documents are shared by writers. */
    async write(events, { fail = false } = {}) {
      const _id = `thing-${Math.floor(Math.random() * 3)}`;
      // A guard that matches nothing is what a rolled-back transaction is elsewhere.
      const guard = fail ? { count: -1 } : {};
      if (!fail) await things.updateOne({ _id }, { $setOnInsert: { count: 0 } }, { upsert: true });
      const result = await things.updateOne(
        { _id, ...guard, ...roomForEvents(events.length) },
        { $inc: { count: 1 }, $push: pendingPush(events), $set: { unrelayed: true } },
      );
      if (result.matchedCount === 0) requireRoom(await things.findOne({ _id }), events.length);
    },
    openConsumer: (consumer, apply) =>
      createMongoConsumer({
        database,
        consumer,
        owner,
        logger,
        maxAttempts: 4,
        handlers: {
          'thing.counted': async (event) => {
            await apply?.(event);
            // Idempotent, as an effect in MongoDB must be: the entry's id is the memory.
            const entry = { consumer, eventId: event.id, times: 1 };
            await ledger.updateOne(
              { _id: `${consumer}:${event.id}` },
              { $setOnInsert: entry },
              { upsert: true },
            );
          },
        },
      }),
    ledgerOf: async (consumer) => (await ledger.find({ consumer }).toArray()).map(({ eventId }) => eventId),
    async deadLettersOf(consumer) {
      const letters = await deadLetters.find(lettersOf(consumer)).toArray();
      return letters.map(({ _id }) => _id.slice(consumer.length + 1));
    },
    async retryDeadLetters(consumer) {
      await deadLetters.updateMany(lettersOf(consumer), { $set: { attempts: 0 } });
    },
    async close() {
      await mongo.close();
      await server.stop();
    },
  };
}
