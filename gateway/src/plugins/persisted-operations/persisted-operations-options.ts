/** What happens to an operation that is in no manifest: it runs, it runs and is told of, or it is refused. */
export type UnknownPolicy = 'allow' | 'log' | 'reject';

/** Automatic persisted queries: clients send the hash of a query, and the query itself only once. */
export interface AutomaticOptions {
  /** Characters of queries that are kept in this process; those used longest ago go first. @default 16777216 */
  readonly maxSize?: number;
  /** How long Redis keeps a query that nobody asks for, in milliseconds. @default 86400000 (a day) */
  readonly ttlMs?: number;
  /** Longest wait for Redis, in milliseconds: the client is asked for the query after that. @default 100 */
  readonly timeoutMs?: number;
}

export interface PersistedOperationsOptions {
  /**
   * Manifests of clients' operations, in the format of Apollo's tools; paths count from the working directory. They are
   * followed: an operation counts as soon as it is written down, and a broken file leaves the old one in force.
   * @default []
   */
  readonly manifests?: readonly string[];
  /** What happens to operations that are in no manifest. @default 'allow' */
  readonly unknown?: UnknownPolicy;
  /**
   * The same for single applications, by the name they give themselves (`apollographql-client-name`). Anybody can take
   * any name: what shall be safe is `unknown: 'reject'`, without an exception. @default {}
   */
  readonly clients?: Readonly<Record<string, UnknownPolicy>>;
  /** `false` takes hashes of manifests only. @default {} */
  readonly automatic?: AutomaticOptions | false;
}
