import type { CacheNumbers } from './caching-metrics.js';
import type { RecentChanges } from './recent-changes.js';
import type { Kept, TaggedStore } from './tagged-store.js';

/** What is about to be kept. */
export interface Keeping {
  /** For how long it may be used, in milliseconds. */
  readonly maxAgeMs: number;
  readonly tags: readonly string[];
  /** When its subgraphs were asked, by the clock of {@link RecentChanges}. */
  readonly askedAt: number;
}

/** One cache: what is kept of one kind, under which rules. */
export interface Shelf<Value> {
  /** What is kept under a key, expired or not. */
  get(key: string): Kept<Value> | undefined;
  /** Keeps it, unless it changed since it was asked for. */
  keep(key: string, value: Value, keeping: Keeping): void;
  invalidate(coordinate: string, id?: string): void;
  readonly numbers: CacheNumbers;
}

export interface ShelfDeps<Value> {
  readonly store: TaggedStore<Value>;
  readonly changes: RecentChanges;
  readonly numbers: CacheNumbers;
  readonly staleIfErrorMs: number;
  readonly sizeOf: (value: Value) => number;
  readonly now: () => number;
}

export function createShelf<Value>(deps: ShelfDeps<Value>): Shelf<Value> {
  const { store, changes, numbers, staleIfErrorMs, sizeOf, now } = deps;
  return {
    numbers,
    get: (key) => store.get(key),
    keep(key, value, { maxAgeMs, tags, askedAt }) {
      if (changes.changed(tags, askedAt)) return numbers.overtaken.inc();
      const storedAt = now();
      const expiresAt = storedAt + maxAgeMs;
      store.set(key, {
        value,
        storedAt,
        expiresAt,
        staleUntil: expiresAt + staleIfErrorMs,
        tags,
        bytes: sizeOf(value),
      });
    },
    invalidate(coordinate, id) {
      const dropped = store.invalidate(coordinate, id);
      if (dropped > 0) numbers.invalidated.inc(dropped);
    },
  };
}
