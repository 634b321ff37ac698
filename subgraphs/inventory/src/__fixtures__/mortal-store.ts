import type { InventoryStore } from '../store/store.js';

/** The process has died in the middle of its work. */
export class Died extends Error {}

/**
 * The store of a process that dies after a number of written documents: in the middle of a bulk, the documents
 * before it are written and those after it are not.
 */
export function mortalStore(store: InventoryStore, lives: number): InventoryStore {
  let left = lives;
  const bulk =
    <Change, Result>(write: (changes: readonly Change[], now: Date) => Promise<Result>) =>
    async (changes: readonly Change[], now: Date): Promise<Result> => {
      const survivors = changes.slice(0, left);
      left -= survivors.length;
      if (survivors.length === changes.length) return write(changes, now);
      await write(survivors, now);
      throw new Died();
    };
  const single = async <T>(write: () => Promise<T>): Promise<T> => {
    if (left <= 0) throw new Died();
    left -= 1;
    return write();
  };
  return {
    items: { ...store.items, write: bulk(store.items.write) },
    reservations: {
      ...store.reservations,
      insert: bulk(store.reservations.insert),
      update: bulk(store.reservations.update),
    },
    adjustments: {
      ...store.adjustments,
      claim: (key, fingerprint, now) => single(() => store.adjustments.claim(key, fingerprint, now)),
      settle: (key, outcome) => single(() => store.adjustments.settle(key, outcome)),
    },
  };
}
