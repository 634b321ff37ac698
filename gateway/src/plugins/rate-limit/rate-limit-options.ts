/** A bucket of tokens for each caller of a kind. An operation takes as many as it costs, and waits for none. */
export interface RateLimitRule {
  /** Names the rule in answers, metrics and the store. @default what it counts by */
  readonly name?: string;
  /**
   * Whose bucket it is:
   * - `address`: the client's network address, as `server.trustedProxies` lets it be seen; of IPv6, its /64
   * - `user`: who is signed in; others are not counted
   * - `client`: the application, as it names itself (`apollographql-client-name`); those without a name share a bucket
   * - `claim:<name>`: what the access token claims, as `claim:tenant`; those without it are not counted
   *
   * Anybody can make up the name of an application: keep a rule by address beside one by client.
   */
  readonly by: 'address' | 'user' | 'client' | `claim:${string}`;
  /** The most that can be spent at once. */
  readonly capacity: number;
  /** How fast the bucket fills up again, a second. */
  readonly refillPerSecond: number;
}

export interface RateLimitOptions {
  /**
   * All rules count, and an operation runs only if every one of them lets it.
   * @default one by address: 300,000 at once, and 5,000 a second. That is 900 registrations, carts and orders at once
   */
  readonly rules?: readonly RateLimitRule[];
  /**
   * Addresses and networks that no rule by address counts: load tests from this machine, and a proxy on it that
   * `server.trustedProxies` does not know of, behind which everybody would be one address. `[]` counts all.
   * @default ['127.0.0.0/8', '::1']
   */
  readonly exempt?: readonly string[];
  /** Whether operations run while the buckets cannot be reached (Redis). @default 'allow' */
  readonly whenUnavailable?: 'allow' | 'refuse';
  /** Longest wait for buckets that are in Redis, in milliseconds. @default 100 */
  readonly timeoutMs?: number;
}

export const DEFAULT_RULES: readonly RateLimitRule[] = [
  { by: 'address', capacity: 300_000, refillPerSecond: 5_000 },
];

export const DEFAULT_EXEMPT: readonly string[] = ['127.0.0.0/8', '::1'];
