import type { Payment, Taken } from './accounts.js';

/**
 * What the bucket that is nearest to its end has to say, in the names that clients know: how much it holds when it is
 * full, what is left in it, and in how many seconds it is full again.
 *
 * @param cost what the operation cost in the end @default what was taken for it
 */
export function rateLimitHeaders({ taken, short }: Payment, cost?: number): [name: string, value: string][] {
  const nearest = short ?? nearestToItsEnd(taken);
  if (!nearest) return [];
  const { capacity, refillPerSecond } = nearest.rule;
  const givenBack = cost === undefined ? 0 : nearest.tokens - cost;
  const left = Math.max(0, Math.min(capacity, nearest.result.remaining + givenBack));
  return [
    ['ratelimit-limit', String(capacity)],
    ['ratelimit-remaining', String(left)],
    ['ratelimit-reset', String(Math.ceil((capacity - left) / refillPerSecond))],
  ];
}

function nearestToItsEnd(taken: readonly Taken[]): Taken | undefined {
  let nearest: Taken | undefined;
  for (const one of taken) {
    if (!nearest || shareLeft(one) < shareLeft(nearest)) nearest = one;
  }
  return nearest;
}

const shareLeft = ({ rule, result }: Taken): number => result.remaining / rule.capacity;
