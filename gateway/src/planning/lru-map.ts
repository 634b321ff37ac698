/** A bounded map that forgets what was used longest ago. */
export interface LruMap<Key, Value> {
  readonly size: number;
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  /** What is kept, that which was used longest ago first. */
  entries(): [Key, Value][];
}

/**
 * @param limit most entries kept
 * @example const plans = createLruMap<string, QueryPlan>(1000);
 */
export function createLruMap<Key, Value>(limit: number): LruMap<Key, Value> {
  // A Map iterates in insertion order, so re-inserting on each use keeps the oldest first.
  const entries = new Map<Key, Value>();
  return {
    get size() {
      return entries.size;
    },
    entries: () => [...entries],
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size <= limit) return;
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        return;
      }
    },
  };
}
