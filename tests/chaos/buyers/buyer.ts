import type { Random } from '@souk/demo-data/random';
import type { Diary } from '../facts/told.js';
import type { Bank } from './bank.js';
import type { GraphClient, Identity } from './graph-client.js';
import type { Watcher } from './live/watcher.js';

/** An order that somebody holds. */
export interface HeldOrder {
  readonly id: string;
  readonly accessToken: string | null;
}

/** A placement whose outcome its buyer does not know yet: the same key asks again. */
export interface OpenPlacement {
  readonly key: string;
  readonly identity: Identity;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A shopper, with everything that a journey needs. */
export interface Buyer {
  readonly name: string;
  /** Who they are: an account, or nobody (a guest has a new cart each time). */
  readonly identity: Identity;
  readonly random: Random;
  readonly graph: GraphClient;
  readonly diary: Diary;
  readonly watcher: Watcher;
  readonly bank: Bank;
  /** What is for sale. */
  readonly variants: readonly string[];
  readonly orders: HeldOrder[];
  readonly open: OpenPlacement[];
  /** A new idempotency key. */
  readonly newKey: () => string;
  /** Waits between two steps, in milliseconds; returns early at the end of the run. */
  readonly pause: (ms: number) => Promise<void>;
}
