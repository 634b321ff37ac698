import type { Collection, Db, Filter } from 'mongodb';
import type { DeadLetters, WhichLetters } from '../events/dead-letters.js';
import type { RecordedEvent } from '../events/event.js';

/** A dead letter: `_id` is `<consumer>:<event id>`. */
export interface DeadLetterDocument {
  readonly _id: string;
  readonly event: RecordedEvent;
  readonly error: string;
  readonly attempts: number;
  readonly failedAt: Date;
}

export const deadLettersOf = (database: Db): Collection<DeadLetterDocument> =>
  database.collection<DeadLetterDocument>('dead_letters');

export const letterId = (consumer: string, eventId: string): string => `${consumer}:${eventId}`;

/** The letters of a consumer that are to be tried again: an operator has put their attempts back to 0. */
export const toRetry = (consumer: string, owner: string): Filter<DeadLetterDocument> => ({
  // From its name and a colon to its name and the character behind the colon.
  _id: { $gte: `${consumer}:`, $lt: `${consumer};` },
  'event.source': owner,
  attempts: 0,
});

/** The dead letters of a database whose consumers are made by `createMongoConsumer`. */
export function mongoDeadLetters(database: Db): DeadLetters {
  const letters = deadLettersOf(database);
  const chosen = (which: WhichLetters): Filter<DeadLetterDocument> =>
    which === 'all' ? {} : { 'event.id': { $in: [...which] } };
  return {
    count: () => letters.countDocuments({}),
    async list(limit) {
      const found = await letters.find({}).sort({ failedAt: 1, _id: 1 }).limit(limit).toArray();
      return found.map(({ _id, ...letter }) => ({ consumer: _id.slice(0, _id.indexOf(':')), ...letter }));
    },
    async retry(which) {
      return (await letters.updateMany(chosen(which), { $set: { attempts: 0 } })).matchedCount;
    },
    async drop(which) {
      return (await letters.deleteMany(chosen(which))).deletedCount;
    },
  };
}
