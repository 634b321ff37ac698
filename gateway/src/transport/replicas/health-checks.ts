import type { Replica } from './replica.js';

/** Failed checks in a row after which a replica gets no requests. One may be chance. */
const FAILURES = 2;

/**
 * Asks every replica regularly whether it is ready, so that one that is frozen, starting or draining gets no
 * requests. One successful check takes it back.
 *
 * @param onChange told of each change
 * @returns stops the checks
 */
export function checkHealth(
  replicas: () => readonly Replica[],
  everyMs: number,
  onChange: (replica: string, isHealthy: boolean) => void,
): () => void {
  const failures = new WeakMap<Replica, number>();
  const underWay = new WeakSet<Replica>();

  const found = (replica: Replica, isHealthy: boolean): void => {
    if (isHealthy !== replica.isHealthy) onChange(replica.key, isHealthy);
    replica.isHealthy = isHealthy;
  };
  const check = async (replica: Replica): Promise<void> => {
    if (underWay.has(replica)) return;
    underWay.add(replica);
    try {
      await replica.transport.checkReady();
      failures.delete(replica);
      found(replica, true);
    } catch {
      const count = (failures.get(replica) ?? 0) + 1;
      failures.set(replica, count);
      if (count >= FAILURES) found(replica, false);
    }
    underWay.delete(replica);
  };

  const timer = setInterval(() => {
    for (const replica of replicas()) void check(replica);
  }, everyMs).unref();
  return () => clearInterval(timer);
}
