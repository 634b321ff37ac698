import { createHash } from 'node:crypto';
import type { SharedCache } from '@souk/kit/shared-cache';
import type { CacheName, CacheNumbers } from './caching-metrics.js';
import type { RecentChanges } from './recent-changes.js';
import { readShared, sharedTags, sharedText } from './shared-entry.js';
import type { Kept, TaggedStore } from './tagged-store.js';

/** What is about to be kept. */
export interface Keeping {
  /** For how long it may be used, in milliseconds. */
  readonly maxAgeMs: number;
  readonly tags: readonly string[];
  /** When its subgraphs were asked, by the clock of {@link RecentChanges}. */
  readonly askedAt: number;
}

/** One cache: what is kept of one kind, in memory first, and where replicas share it. */
export interface Shelf<Value> {
  /** What is kept in memory under a key, expired or not. */
  get(key: string): Kept<Value> | undefined;
  /** Brings what replicas share under these keys into memory; undefined if nothing is shared. Never rejects. */
  readonly seek: ((keys: readonly string[]) => Promise<void>) | undefined;
  /** Keeps it, unless it changed since it was asked for. */
  keep(key: string, value: Value, keeping: Keeping): void;
  invalidate(coordinate: string, id?: string): void;
  /** What depends on anything of a coordinate is not used any more, but to stand in. */
  expire(coordinate: string): void;
  /** Another replica dropped or replaced what it shared under this name. */
  forgetShared(name: string): void;
  readonly numbers: CacheNumbers;
}

export interface ShelfDeps<Value> {
  readonly name: CacheName;
  readonly store: TaggedStore<Value>;
  readonly shared: SharedCache | undefined;
  /** What a replica asked for before this moment and shared is not believed. Milliseconds since 1970. */
  readonly sharedSince: () => number;
  readonly changes: RecentChanges;
  readonly numbers: CacheNumbers;
  readonly staleIfErrorMs: number;
  readonly toText: (value: Value) => string;
  readonly fromText: (text: string) => Value;
  readonly sizeOf: (value: Value) => number;
  readonly now: () => number;
}

/** Ties what is in memory to what is shared: the name of the shared entry, as if it were a tag. */
const SHARED = 'shared';

export function createShelf<Value>(deps: ShelfDeps<Value>): Shelf<Value> {
  const { store, shared, changes, numbers, staleIfErrorMs, now } = deps;
  // Keys say who may see something: that is nobody's business outside.
  const sharedName = (key: string): string =>
    `${deps.name}:${createHash('sha256').update(key).digest('base64url')}`;
  const put = (key: string, value: Value, kept: Pick<Kept<Value>, 'storedAt' | 'expiresAt' | 'tags'>): void =>
    store.set(key, {
      ...kept,
      value,
      staleUntil: kept.expiresAt + staleIfErrorMs,
      tags: shared ? [...kept.tags, `${SHARED}:${sharedName(key)}`] : kept.tags,
      bytes: deps.sizeOf(value),
    });

  return {
    numbers,
    get: (key) => store.get(key),
    seek:
      shared &&
      (async (keys) => {
        const askedAt = changes.now();
        const found = await shared.get(keys.map(sharedName));
        keys.forEach((key, index) => {
          const entry = readShared(found[index]);
          if (!entry || entry.expiresAt <= now() || entry.askedAt < deps.sharedSince()) return;
          if (changes.changed(entry.tags, askedAt)) return;
          put(key, deps.fromText(entry.text), entry);
        });
      }),
    keep(key, value, { maxAgeMs, tags, askedAt }) {
      if (changes.changed(tags, askedAt)) return numbers.overtaken.inc();
      const storedAt = now();
      const kept = { storedAt, expiresAt: storedAt + maxAgeMs, tags };
      put(key, value, kept);
      shared?.set(sharedName(key), {
        text: sharedText({
          ...kept,
          askedAt: Math.floor(storedAt - (changes.now() - askedAt)),
          text: deps.toText(value),
        }),
        ttlMs: maxAgeMs,
        tags: sharedTags(tags),
      });
    },
    invalidate(coordinate, id) {
      const dropped = store.invalidate(coordinate, id);
      if (dropped > 0) numbers.invalidated.inc(dropped);
    },
    expire: (coordinate) => store.expire(coordinate),
    forgetShared: (name) => void store.invalidate(SHARED, name),
  };
}
