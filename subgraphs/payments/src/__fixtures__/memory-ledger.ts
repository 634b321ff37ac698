import type { Ledger } from '../provider/sandbox/ledger.js';
import type { Movement } from '../provider/sandbox/movement.js';
import { post } from '../provider/sandbox/post.js';

/** The sandbox's books without a database, for tests of what is pure. */
export function memoryLedger(clock: () => Date): Ledger & { readonly entries: readonly Movement[] } {
  const entries: Movement[] = [];
  const faults = new Map<string, number>();
  const entriesOf = (orderId: string): Movement[] => entries.filter((entry) => entry.orderId === orderId);
  return {
    entries,
    async post(posting) {
      const known = entries.find(({ key }) => key === posting.key);
      if (known) return { entry: known, isNew: false };
      const entry = post(posting, entriesOf(posting.orderId), clock());
      entries.push(entry);
      return { entry, isNew: true };
    },
    entriesOf: async (orderId) => entriesOf(orderId),
    challenged: async (challengeId) => entries.find((entry) => entry.challengeId === challengeId),
    async countFault(key) {
      const calls = (faults.get(key) ?? 0) + 1;
      faults.set(key, calls);
      return calls;
    },
  };
}
