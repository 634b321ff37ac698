/** What is kept in memory of one kind. */
export interface CacheLevelOptions {
  /** What it may take up, in bytes: what was used longest ago goes first. @default 33554432 (32 MiB) */
  readonly maxBytes?: number;
}

/** What may be answered without asking subgraphs. Nothing is, unless the supergraph says so with `@cacheControl`. */
export interface CachingOptions {
  /** Whole responses. @default {} */
  readonly responses?: CacheLevelOptions | false;
  /** Entities and root fields, one by one, inside of query plans. @default {} */
  readonly entities?: CacheLevelOptions | false;
  /**
   * For how long after its end something may stand in for what an unavailable subgraph cannot say, in milliseconds.
   * @default 300000
   */
  readonly staleIfErrorMs?: number;
  /** For how long somebody who sent a mutation reads past all caches, in milliseconds. @default 3000 */
  readonly readYourWritesMs?: number;
  /**
   * For how long after a mutation nobody is answered from what its subgraph's events can change, in milliseconds: they
   * are on their way. @default 250
   */
  readonly afterMutationMs?: number;
  /**
   * For how long after a change its subgraph may still answer what was before, in milliseconds: its search index, or a
   * replica of its database. What is read meanwhile is not kept. @default 1000
   */
  readonly settleMs?: number;
}
