import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Kv, TokenBucket, TokenResult } from './kv.js';

/** What {@link createMemoryKv} needs. */
export interface MemoryKvOptions {
  /** Most keys; the least recently used go first. @default 100_000 */
  readonly maxKeys?: number;
  /** Most characters of keys and values together; the least recently used go first. @default 67_108_864 */
  readonly maxSize?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

type Entry =
  | { readonly kind: 'value'; value: string; expiresAt: number }
  | { readonly kind: 'bucket'; tokens: number; at: number; expiresAt: number };

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
  const channels = new EventEmitter().setMaxListeners(0);

  const find = <Kind extends Entry['kind']>(
    key: string,
    kind: Kind,
  ): Extract<Entry, { kind: Kind }> | undefined => {
    const entry = entries.get(key);
    if (!entry) return undefined;
    if (entry.expiresAt <= now()) {
      remove(key);
      return undefined;
    }
    if (entry.kind !== kind) {
      throw new Error(
        `The key ${key} holds a ${entry.kind}, not a ${kind}. Use different keys for different things.`,
      );
    }
    entries.delete(key);
    entries.set(key, entry);
    return entry as Extract<Entry, { kind: Kind }>;
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
  const tokensIn = (key: string, { capacity, refillPerSecond }: TokenBucket): number => {
    const bucket = find(key, 'bucket');
    if (!bucket) return capacity;
    return Math.min(capacity, bucket.tokens + ((now() - bucket.at) / 1000) * refillPerSecond);
  };
  const fill = (key: string, { capacity, refillPerSecond }: TokenBucket, tokens: number): void => {
    const at = now();
    const fullInMs = ((capacity - tokens) / refillPerSecond) * 1000;
    put(key, { kind: 'bucket', tokens, at, expiresAt: at + fullInMs + 1000 });
  };
  const expiry = (ttlMs: number | undefined): number => (ttlMs === undefined ? Infinity : now() + ttlMs);

  const kv: Kv = {
    isShared: false,
    get: async (key) => find(key, 'value')?.value,
    async set(key, value, { ttlMs, onlyIfAbsent = false } = {}) {
      if (onlyIfAbsent && find(key, 'value')) return false;
      put(key, { kind: 'value', value, expiresAt: expiry(ttlMs) });
      return true;
    },
    async delete(key) {
      const entry = entries.get(key);
      remove(key);
      return entry !== undefined && entry.expiresAt > now();
    },
    async increment(key, { by = 1, ttlMs } = {}) {
      const entry = find(key, 'value');
      const count = Number(entry?.value ?? 0) + by;
      if (!Number.isSafeInteger(count))
        throw new Error(`The key ${key} does not hold a whole number to count with.`);
      put(key, { kind: 'value', value: String(count), expiresAt: entry?.expiresAt ?? expiry(ttlMs) });
      return count;
    },
    async takeTokens(key, bucket): Promise<TokenResult> {
      const { refillPerSecond, tokens = 1 } = bucket;
      const held = tokensIn(key, bucket);
      const allowed = held >= tokens;
      const left = allowed ? held - tokens : held;
      fill(key, bucket, left);
      const retryAfterMs = allowed ? 0 : Math.ceil(((tokens - left) / refillPerSecond) * 1000);
      return { allowed, remaining: Math.max(0, Math.floor(left)), retryAfterMs };
    },
    async putTokens(key, bucket) {
      fill(key, bucket, Math.min(bucket.capacity, tokensIn(key, bucket) + bucket.tokens));
    },
    async acquireLock(key, ttlMs) {
      const holder = randomUUID();
      if (!(await kv.set(key, holder, { ttlMs, onlyIfAbsent: true }))) return undefined;
      const held = () => {
        const entry = find(key, 'value');
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

const sizeOf = (key: string, entry: Entry): number =>
  key.length + (entry.kind === 'value' ? entry.value.length : 0);
