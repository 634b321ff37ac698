import { isDuplicateKey } from '@souk/kit/mongo';
import type { Db } from 'mongodb';
import type { AdjustmentOutcome } from '../domain/stock-item.js';
import { adjustmentsOf } from './collections.js';

/** What is known of an idempotency key. */
export interface AdjustmentRecord {
  readonly key: string;
  readonly fingerprint: string;
  /** Undefined until the item has decided. */
  readonly outcome: AdjustmentOutcome | undefined;
}

/** Reads and writes of `adjustments`. */
export interface AdjustmentStore {
  find(keys: readonly string[]): Promise<AdjustmentRecord[]>;
  /** Takes a key into use. @returns the record as it stands, which may be somebody else's */
  claim(key: string, fingerprint: string, now: Date): Promise<AdjustmentRecord>;
  /** Stores the outcome unless there is one. */
  settle(key: string, outcome: AdjustmentOutcome): Promise<void>;
}

export function createAdjustmentStore(database: Db): AdjustmentStore {
  const collection = adjustmentsOf(database);
  const find = async (keys: readonly string[]): Promise<AdjustmentRecord[]> => {
    const documents = await collection.find({ _id: { $in: [...keys] } }).toArray();
    return documents.map(({ _id, fingerprint, outcome }) => ({ key: _id, fingerprint, outcome }));
  };
  return {
    find,
    async claim(key, fingerprint, now) {
      try {
        await collection.insertOne({ _id: key, fingerprint, createdAt: now });
        return { key, fingerprint, outcome: undefined };
      } catch (error) {
        const [record] = isDuplicateKey(error) ? await find([key]) : [];
        if (!record) throw error;
        return record;
      }
    },
    async settle(key, outcome) {
      await collection.updateOne({ _id: key, outcome: { $exists: false } }, { $set: { outcome } });
    },
  };
}
