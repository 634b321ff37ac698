import type { Kv, KvLock } from '@souk/kit/kv';
import { backoff, type CancelSignal, sleep } from '@souk/kit/lifecycle';

/** What the first use of a key came to. */
export interface FirstResult {
  readonly fingerprint: string;
  /** The data, as JSON text. */
  readonly data: string;
  /** Headers that came with it. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** The right to be the first use of a key. It is held on to until it is kept or given up. */
export interface Claim {
  /** Makes this the result of the key. */
  keep(result: FirstResult): Promise<void>;
  /** Leaves the key unused. */
  giveUp(): Promise<void>;
}

export interface FirstResults {
  /**
   * The result of the first use if there was one, else the right to be it. Waits while somebody else is.
   * @returns undefined if that takes too long, or nobody waits for it any more
   * @throws whatever the store throws while it is away
   */
  claim(scope: string, signal: CancelSignal): Promise<FirstResult | Claim | undefined>;
}

export interface FirstResultsOptions {
  readonly kv: Kv;
  readonly ttlMs: number;
  readonly waitMs: number;
  readonly leaseMs: number;
}

/** How often it is looked whether the first use has ended, in milliseconds: soon at first, then less often. */
const LOOK = { minMs: 20, maxMs: 250 };

/** Results of first uses, shared by all replicas that share the store. */
export function createFirstResults({ kv, ttlMs, waitMs, leaseMs }: FirstResultsOptions): FirstResults {
  const read = async (key: string): Promise<FirstResult | undefined> => {
    const text = await kv.get(key);
    // Only `keep` writes there.
    return text === undefined ? undefined : (JSON.parse(text) as FirstResult);
  };

  const hold = (key: string, lock: KvLock): Claim => {
    // One failure does no harm, and a lease that is lost cannot be helped: the next in line has it then.
    const holding = setInterval(() => void lock.extend(leaseMs).catch(() => {}), leaseMs / 3).unref();
    const letGo = async (): Promise<void> => {
      clearInterval(holding);
      await lock.release();
    };
    return {
      async keep(result) {
        try {
          // Never over another one: whoever lost the lease was not the first.
          await kv.set(key, JSON.stringify(result), { ttlMs, onlyIfAbsent: true });
        } finally {
          await letGo();
        }
      },
      giveUp: letGo,
    };
  };

  return {
    async claim(scope, signal) {
      const key = `idempotency:${scope}`;
      const deadline = performance.now() + waitMs;
      for (let attempt = 1; ; attempt += 1) {
        const lock = await kv.acquireLock(`${key}:lock`, leaseMs);
        // Looked up with the lock in hand: whoever had it before may just have ended.
        const before = await read(key);
        if (before) {
          await lock?.release();
          return before;
        }
        if (lock) return hold(key, lock);
        if (signal.aborted || performance.now() >= deadline) return undefined;
        await sleep(backoff(attempt, LOOK), signal);
      }
    },
  };
}
