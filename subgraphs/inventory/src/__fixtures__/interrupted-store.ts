import type { InventoryStore } from '../store/store.js';

/** The store of a process that falls asleep just before its `atCall`-th call (from 0), while `meanwhile` happens. */
export function interruptedStore(
  store: InventoryStore,
  atCall: number,
  meanwhile: () => Promise<void>,
): { store: InventoryStore; slept: () => boolean } {
  let calls = 0;
  const interrupting = <Arguments extends unknown[], Result>(
    call: (...args: Arguments) => Promise<Result>,
  ) => {
    return async (...args: Arguments): Promise<Result> => {
      if (calls++ === atCall) await meanwhile();
      return call(...args);
    };
  };
  const { items, reservations, adjustments } = store;
  return {
    slept: () => calls > atCall,
    store: {
      items: { ...items, find: interrupting(items.find), write: interrupting(items.write) },
      reservations: {
        ...reservations,
        find: interrupting(reservations.find),
        insert: interrupting(reservations.insert),
        update: interrupting(reservations.update),
      },
      adjustments: {
        find: interrupting(adjustments.find),
        claim: interrupting(adjustments.claim),
        settle: interrupting(adjustments.settle),
      },
    },
  };
}
