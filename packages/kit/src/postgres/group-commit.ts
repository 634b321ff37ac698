import { isDatabaseAway } from './failures.js';

/**
 * Writes things that arrive at the same time in one transaction: while one group is being written, the next one
 * gathers. A single writer waits for nobody; two hundred at once share a few commits.
 *
 * If a group fails, its members are tried one by one, so that one bad member harms no other. If it fails because the
 * database is away, all of them fail at once: each would wait for a connection in turn, long after its caller has left.
 *
 * @param write writes a group in one transaction and returns one result for each member, in their order
 * @param limit most members of a group @default 100
 * @example const insert = groupCommit((orders: readonly NewOrder[]) => insertAll(orders)); await insert(order);
 */
export function groupCommit<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  limit = 100,
): (item: Item) => Promise<Result> {
  interface Member {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Member[] = [];
  let writing = false;

  const settle = async (group: readonly Member[]): Promise<void> => {
    try {
      const results = await write(group.map(({ item }) => item));
      if (results.length !== group.length) throw new Error('A group commit must return one result a member.');
      // The lengths are equal, so every member has a result (which may be undefined by its type).
      group.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      if (group.length === 1 || isDatabaseAway(error)) group.forEach(({ reject }) => reject(error));
      else for (const member of group) await settle([member]);
    }
  };
  const drain = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) await settle(waiting.splice(0, limit));
    writing = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // One turn later, so that those who arrive in this turn share the first group.
      if (!writing && waiting.length === 1) setImmediate(() => void (writing || drain()));
    });
}
