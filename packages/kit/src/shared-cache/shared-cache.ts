/** What is put into a {@link SharedCache}. */
export interface SharedEntry {
  readonly text: string;
  /** Life time in milliseconds. */
  readonly ttlMs: number;
  /** It goes when one of these does. */
  readonly tags: readonly string[];
}

/** What somebody who reads a log knows of the cache. */
export interface SharedPosition {
  /** Up to where the log was read: what it tells of until there is dropped. */
  readonly position: number;
  /** That does not hold for what was asked for before this moment. Milliseconds since 1970. */
  readonly since: number;
}

/**
 * A cache that several processes share, whose entries go by tag. It never fails and never holds anybody up: while its
 * server is away, or slow, nothing is in it.
 */
export interface SharedCache {
  /** What is there, in the order of the keys. */
  get(keys: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** Puts something in, in the background; unless one of its tags was invalidated in the last ten seconds. */
  set(key: string, entry: SharedEntry): void;
  /**
   * Drops everything that has one of these tags, in the background, and again until it is done: meanwhile nothing is
   * found here.
   */
  invalidate(tags: readonly string[]): void;
  /** Up to where somebody has read something, as far as anybody knows. Waits a little for the first connection. */
  position(name: string): Promise<SharedPosition | undefined>;
  /** Remembers it, in the background; unless something that was to be dropped before is not yet. */
  savePosition(name: string, position: SharedPosition): void;
  close(): Promise<void>;
}

/** What the owner of a first level in front of a {@link SharedCache} is told. */
export interface SharedCacheEvents {
  /** Another process dropped or replaced this entry. */
  readonly onChanged: (key: string) => void;
  /** What was put in before now may be outdated: the connection was lost, or too much could not be dropped. */
  readonly onGap: () => void;
}
