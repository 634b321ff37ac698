/** A bounded map that forgets what was not used for long. */
export interface LruMap<Key, Value> {
  readonly size: number;
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  /** What is kept, that which was used longest ago first. */
  entries(): [Key, Value][];
}

/**
 * Keeps two generations: what is used moves into the young one, and when that has half of all places, the old one is
 * forgotten and the young one takes its place. So the half that was used last is always there, and a hit in the young
 * generation, which is nearly every hit, changes nothing.
 *
 * @param limit most entries kept, at least 2
 * @example const plans = createLruMap<string, QueryPlan>(1000);
 */
export function createLruMap<Key, Value>(limit: number): LruMap<Key, Value> {
  const half = Math.max(1, Math.floor(limit / 2));
  let young = new Map<Key, Value>();
  let old = new Map<Key, Value>();

  const add = (key: Key, value: Value): void => {
    if (young.size >= half && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
    old.delete(key);
  };
  return {
    get size() {
      return young.size + old.size;
    },
    entries: () => [...old, ...young],
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const aged = old.get(key);
      if (aged !== undefined) add(key, aged);
      return aged;
    },
    set: add,
  };
}
