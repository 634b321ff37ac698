import type { TextTransport } from '../subgraph-transport.js';

/** One of several processes that answer for a subgraph. */
export interface Replica {
  /** Its URL or its network address. */
  readonly key: string;
  readonly transport: TextTransport;
  /** Requests under way. */
  requests: number;
  /** Subscriptions that run. */
  streams: number;
  /** Failures in a row. */
  faults: number;
  /** Rests until then, in milliseconds of `performance.now()`. */
  restsUntil: number;
  /** What the active checks found last. */
  isHealthy: boolean;
}

export const newReplica = (key: string, transport: TextTransport): Replica => ({
  key,
  transport,
  requests: 0,
  streams: 0,
  faults: 0,
  restsUntil: 0,
  isHealthy: true,
});

/** What makes one replica busier than another. */
export type Load = 'requests' | 'streams';

/** Longest rest, in milliseconds, however often it failed. */
const LONGEST_REST_MS = 30_000;

/**
 * A failed replica rests, twice as long after each further failure. Requests that fail together are one failure.
 * @returns how long, in milliseconds; undefined if it rests already
 */
export function rest(replica: Replica, restMs: number, now: number): number | undefined {
  if (now < replica.restsUntil) return undefined;
  const ms = Math.min(restMs * 2 ** replica.faults, LONGEST_REST_MS);
  replica.faults += 1;
  replica.restsUntil = now + ms;
  return ms;
}

/** One that failed is tried with a single request after its rest. */
const mayBeAsked = ({ isHealthy, faults, restsUntil, requests }: Replica, now: number): boolean =>
  isHealthy && (faults === 0 || (now >= restsUntil && requests === 0));

/**
 * Chooses the least busy replica of those that seem well. If none does, it chooses among all: better a try than none.
 * Equally busy ones take turns.
 *
 * @example const choose = createChooser(); choose(replicas, 'requests', performance.now());
 */
export function createChooser() {
  let turn = 0;
  const leastBusy = (
    replicas: readonly Replica[],
    load: Load,
    mayBe: (replica: Replica) => boolean,
  ): Replica | undefined => {
    let best: Replica | undefined;
    for (let index = 0; index < replicas.length; index += 1) {
      const replica = replicas[(turn + index) % replicas.length];
      if (replica && mayBe(replica) && (!best || replica[load] < best[load])) best = replica;
    }
    return best;
  };
  /** @param except those that were tried already @returns undefined if none is left */
  return (
    replicas: readonly Replica[],
    load: Load,
    now: number,
    except?: ReadonlySet<Replica>,
  ): Replica | undefined => {
    turn += 1;
    const isLeft = (replica: Replica): boolean => !except?.has(replica);
    return (
      leastBusy(replicas, load, (replica) => isLeft(replica) && mayBeAsked(replica, now)) ??
      leastBusy(replicas, load, isLeft)
    );
  };
}
