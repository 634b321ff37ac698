import type { TokenBucket, TokenResult } from './kv.js';

/** Buckets of this process: they answer at once. */
export interface TokenBuckets {
  has(key: string): boolean;
  /** @returns whether there was something to delete */
  delete(key: string): boolean;
  take(key: string, bucket: TokenBucket): TokenResult;
  /** Puts tokens back; a negative number takes them without asking. */
  put(key: string, bucket: Required<TokenBucket>): void;
}

interface Held {
  tokens: number;
  at: number;
}

/**
 * Keeps as many buckets as it is told to, so that callers who change their keys fill no memory. The one that was used
 * longest ago goes first, and is full when it comes back.
 */
export function createTokenBuckets({
  maxKeys,
  now,
}: {
  readonly maxKeys: number;
  readonly now: () => number;
}): TokenBuckets {
  // A Map remembers the order of insertion; putting a key back at the end keeps it in order of use.
  const buckets = new Map<string, Held>();

  /** The bucket as it is now, the last one to be forgotten. */
  const refilled = (key: string, { capacity, refillPerSecond }: TokenBucket): Held => {
    const at = now();
    const held = buckets.get(key);
    if (!held) {
      const full = { tokens: capacity, at };
      if (buckets.size >= maxKeys) forgetOldest(buckets);
      buckets.set(key, full);
      return full;
    }
    // A clock that was set back takes nothing away.
    const since = Math.max(0, at - held.at) / 1000;
    held.tokens = Math.min(capacity, held.tokens + since * refillPerSecond);
    held.at = at;
    buckets.delete(key);
    buckets.set(key, held);
    return held;
  };

  return {
    has: (key) => buckets.has(key),
    delete: (key) => buckets.delete(key),
    take(key, bucket) {
      const { refillPerSecond, tokens = 1 } = bucket;
      const held = refilled(key, bucket);
      const allowed = held.tokens >= tokens;
      if (allowed) held.tokens -= tokens;
      return {
        allowed,
        remaining: Math.max(0, Math.floor(held.tokens)),
        retryAfterMs: allowed ? 0 : Math.ceil(((tokens - held.tokens) / refillPerSecond) * 1000),
      };
    },
    put(key, bucket) {
      const held = refilled(key, bucket);
      held.tokens = Math.min(bucket.capacity, held.tokens + bucket.tokens);
    },
  };
}

function forgetOldest(buckets: Map<string, Held>): void {
  for (const oldest of buckets.keys()) {
    buckets.delete(oldest);
    return;
  }
}
