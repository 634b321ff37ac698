/** A bucket of tokens that refills at a steady rate. */
export interface TokenBucket {
  /** Most tokens it holds; it starts full. */
  readonly capacity: number;
  readonly refillPerSecond: number;
  /** How many to take. @default 1 */
  readonly tokens?: number;
}

/** Whether the tokens were there. */
export interface TokenResult {
  readonly allowed: boolean;
  /** Whole tokens left. */
  readonly remaining: number;
  /** How long until the same request would be allowed, in milliseconds; 0 if it was. */
  readonly retryAfterMs: number;
}

/** A lock that is held until it is released or its time runs out. */
export interface KvLock {
  /**
   * Holds it for another while, from now on.
   * @param ttlMs in milliseconds
   * @returns false if the time had run out and somebody else may have had it
   */
  extend(ttlMs: number): Promise<boolean>;
  /** @returns false if the time had run out and somebody else may have had it. */
  release(): Promise<boolean>;
}

/**
 * Small shared state: sessions, caches, throttles, wake-ups. In process for one process, Redis for many. Every
 * operation touches one key; put what belongs together under one `{tag}`, as Redis Cluster wants it.
 */
export interface Kv {
  /** Whether other processes see the same state, over a network that may fail. */
  readonly isShared: boolean;
  get(key: string): Promise<string | undefined>;
  /**
   * @param options.ttlMs life time in milliseconds @default for ever
   * @param options.onlyIfAbsent leaves an existing value alone @default false
   * @returns false if `onlyIfAbsent` kept it from writing
   */
  set(key: string, value: string, options?: { ttlMs?: number; onlyIfAbsent?: boolean }): Promise<boolean>;
  /** @returns whether there was something to delete */
  delete(key: string): Promise<boolean>;
  /**
   * Counts. The life time starts with the first increment and is not extended by later ones.
   * @param options.by @default 1
   * @param options.ttlMs in milliseconds @default for ever
   * @returns the new value
   */
  increment(key: string, options?: { by?: number; ttlMs?: number }): Promise<number>;
  /** Answers without a promise where the bucket is in this process: it stands before every request. */
  takeTokens(key: string, bucket: TokenBucket): TokenResult | Promise<TokenResult>;
  /**
   * Puts tokens back into a bucket, up to its capacity; a negative number takes them without asking, and may leave the
   * bucket in debt. For what was taken by estimate.
   */
  putTokens(key: string, bucket: Required<TokenBucket>): void | Promise<void>;
  /** @returns undefined if somebody else holds it */
  acquireLock(key: string, ttlMs: number): Promise<KvLock | undefined>;
  /** Tells everybody who listens now. Nothing is kept for those who come later. */
  publish(channel: string, message: string): Promise<void>;
  /** @returns a function that stops listening */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
