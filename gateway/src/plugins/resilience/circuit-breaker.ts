/** When a subgraph that keeps failing is left alone. */
export interface BreakerOptions {
  /** How far back outcomes count, in milliseconds. @default 10000 */
  readonly windowMs?: number;
  /** Fewer outcomes than this in the window decide nothing. @default 20 */
  readonly minimumRequests?: number;
  /** Share of failures that opens it, from 0 to 1. @default 0.5 */
  readonly failureRatio?: number;
  /** How long nobody asks before one request may try again, in milliseconds. @default 5000 */
  readonly openMs?: number;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Counts outcomes and says whether the next request may leave. Time is passed in: it has no clock of its own. */
export interface CircuitBreaker {
  state(now: number): BreakerState;
  /** Whether a request may leave now. In the state half-open only the first one may, until its outcome is known. */
  admit(now: number): boolean;
  /** How long until somebody may try again, in milliseconds; 0 unless it is open. */
  waitMs(now: number): number;
  /** What became of a request that was admitted. */
  record(succeeded: boolean, now: number): void;
  /** A request that was admitted ended without telling anything about the subgraph: its client left. */
  forget(): void;
}

/** The window is kept in this many parts; the oldest part leaves as a whole. */
const PARTS = 10;

/**
 * Opens when too large a share of recent requests failed, lets a single probe pass after a while, and closes when
 * the probe succeeds.
 *
 * @example const breaker = createCircuitBreaker({ openMs: 1_000 });
 */
export function createCircuitBreaker(options: BreakerOptions = {}): CircuitBreaker {
  const { windowMs = 10_000, minimumRequests = 20, failureRatio = 0.5, openMs = 5_000 } = options;
  const partMs = windowMs / PARTS;
  const parts = Array.from({ length: PARTS }, () => ({ id: -1, requests: 0, failures: 0 }));
  let openedAt: number | undefined;
  let isProbing = false;

  const partAt = (now: number): (typeof parts)[number] => {
    const id = Math.floor(now / partMs);
    // The index is below the length.
    const part = parts[id % PARTS]!;
    if (part.id !== id) Object.assign(part, { id, requests: 0, failures: 0 });
    return part;
  };
  const failsTooOften = (now: number): boolean => {
    const oldest = Math.floor(now / partMs) - PARTS + 1;
    let requests = 0;
    let failures = 0;
    for (const part of parts) {
      if (part.id < oldest) continue;
      requests += part.requests;
      failures += part.failures;
    }
    return requests >= minimumRequests && failures >= requests * failureRatio;
  };
  const close = (): void => {
    openedAt = undefined;
    for (const part of parts) part.id = -1;
  };
  const waitMs = (now: number): number => (openedAt === undefined ? 0 : Math.max(0, openedAt + openMs - now));

  return {
    waitMs,
    state: (now) => (openedAt === undefined ? 'closed' : waitMs(now) > 0 ? 'open' : 'half-open'),
    admit(now) {
      if (openedAt === undefined) return true;
      if (isProbing || waitMs(now) > 0) return false;
      isProbing = true;
      return true;
    },
    record(succeeded, now) {
      if (openedAt !== undefined) {
        // Answers to requests that left before it opened say nothing new.
        if (!isProbing) return;
        isProbing = false;
        if (succeeded) close();
        else openedAt = now;
        return;
      }
      const part = partAt(now);
      part.requests += 1;
      if (succeeded) return;
      part.failures += 1;
      if (failsTooOften(now)) openedAt = now;
    },
    forget() {
      isProbing = false;
    },
  };
}
