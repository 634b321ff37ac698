import type { Outcome } from '../run-chaos.js';

/** Everything that is known about a run, for whoever looks into a failure. */
export function factsAsJson({ facts, faults, violations }: Outcome): string {
  const stockBefore = Object.fromEntries(facts.stockBefore);
  const stockAfter = Object.fromEntries(facts.stockAfter);
  return JSON.stringify({ violations, faults, ...facts, stockBefore, stockAfter }, null, 1);
}
