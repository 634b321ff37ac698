import type { Facts } from '../facts/facts.js';

/** A promise that was broken. */
export interface Violation {
  /** The promise, as docs/chaos.md lists it. */
  readonly rule: string;
  /** What is, and what should be. */
  readonly message: string;
  /** The order that tells the story, if it is about one. */
  readonly orderId?: string;
}

/** One promise: finds where it was broken. */
export interface Rule {
  readonly name: string;
  readonly check: (facts: Facts) => readonly Omit<Violation, 'rule'>[];
}
