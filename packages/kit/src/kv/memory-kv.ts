import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Kv } from './kv.js';
import { createTokenBuckets } from './token-buckets.js';

/** What {@link createMemoryKv} needs. */
export interface MemoryKvOptions {
  /** Most keys, and most buckets of tokens beside them; the least recently used go first. @default 100_000 */
  readonly maxKeys?: number;
  /** Most characters of keys and values together; the least recently used go first. @default 67_108_864 */
  readonly maxSize?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

interface Entry {
  readonly value: string;
  expiresAt: number;
}

/**
 * The same as Redis for one process: correct there and only there.
 *
 * @example const kv = createMemoryKv(); await kv.set('session:1', 'ada', { ttlMs: 60_000 });
 */
export function createMemoryKv(options: MemoryKvOptions = {}): Kv {
  const { maxKeys = 100_000, maxSize = 67_108_864, now = Date.now } = options;
  // A Map remembers the order of insertion; putting a key back at the end keeps it in order of use.
  const entries = new Map<string, Entry>();
  let size = 0;
  // Apart from the values: a flood of callers, each with a bucket, pushes no value out.
  const buckets = createTokenBuckets({ maxKeys, now });
  const channels = new EventEmitter().setMaxListeners(0);

  const find = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (!entry) return refuseTwoKinds(key, buckets.has(key));
    if (entry.expiresAt <= now()) {
      remove(key);
      return undefined;
    }
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  };
  const remove = (key: string): boolean => {
    const entry = entries.get(key);
    if (entry) size -= sizeOf(key, entry);
    return entries.delete(key);
  };
  const put = (key: string, entry: Entry): void => {
    remove(key);
    entries.set(key, entry);
    size += sizeOf(key, entry);
    while (entries.size > maxKeys || size > maxSize) {
      const [oldest] = entries.keys();
      if (oldest === undefined || !remove(oldest)) return;
    }
  };
  const expiry = (ttlMs: number | undefined): number => (ttlMs === undefined ? Infinity : now() + ttlMs);

  const kv: Kv = {
    isShared: false,
    get: async (key) => find(key)?.value,
    async set(key, value, { ttlMs, onlyIfAbsent = false } = {}) {
      if (onlyIfAbsent && find(key)) return false;
      put(key, { value, expiresAt: expiry(ttlMs) });
      return true;
    },
    async delete(key) {
      const entry = entries.get(key);
      if (!entry) return buckets.delete(key);
      remove(key);
      return entry.expiresAt > now();
    },
    async increment(key, { by = 1, ttlMs } = {}) {
      const entry = find(key);
      const count = Number(entry?.value ?? 0) + by;
      if (!Number.isSafeInteger(count))
        throw new Error(`The key ${key} does not hold a whole number to count with.`);
      put(key, { value: String(count), expiresAt: entry?.expiresAt ?? expiry(ttlMs) });
      return count;
    },
    takeTokens(key, bucket) {
      refuseTwoKinds(key, entries.has(key));
      return buckets.take(key, bucket);
    },
    putTokens(key, bucket) {
      refuseTwoKinds(key, entries.has(key));
      buckets.put(key, bucket);
    },
    async acquireLock(key, ttlMs) {
      const holder = randomUUID();
      if (!(await kv.set(key, holder, { ttlMs, onlyIfAbsent: true }))) return undefined;
      const held = () => {
        const entry = find(key);
        return entry?.value === holder ? entry : undefined;
      };
      return {
        async extend(extraMs) {
          const entry = held();
          if (entry) entry.expiresAt = expiry(extraMs);
          return entry !== undefined;
        },
        release: async () => held() !== undefined && remove(key),
      };
    },
    async publish(channel, message) {
      // As over a network: listeners run after the publisher has gone on, and cannot fail it.
      setImmediate(() => channels.emit(`:${channel}`, message));
    },
    async subscribe(channel, listener) {
      channels.on(`:${channel}`, listener);
      return async () => void channels.off(`:${channel}`, listener);
    },
    async close() {
      entries.clear();
      size = 0;
      channels.removeAllListeners();
    },
  };
  return kv;
}

const sizeOf = (key: string, { value }: Entry): number => key.length + value.length;

/** @throws Error as Redis would, if what one key names is both a value and a bucket */
function refuseTwoKinds(key: string, isTaken: boolean): undefined {
  if (!isTaken) return undefined;
  throw new Error(`The key ${key} holds something of another kind. Use different keys for different things.`);
}
