import type { EventLog } from './event-log.js';
import type { RecordedEvent } from './event.js';

/** Where a consumer stands in one owner's log. It must be stored with the effect, in the same transaction. */
export interface CursorStore {
  /** The last position up to which every effect is stored; 0 before the first. */
  load(owner: string): Promise<number>;
}

/** Among a subscription's `types`: every event of the owner, of types too that are invented later. */
export const EVERY_TYPE = '*';

/** One consumer's interest in one owner's events. */
export interface EventSubscription {
  /** The consuming subgraph. */
  readonly consumer: string;
  /** The subgraph whose events are wanted. */
  readonly owner: string;
  /** The types that are wanted; `[EVERY_TYPE]` wants them all. */
  readonly types: readonly string[];
  readonly cursor: CursorStore;
  /**
   * Applies a batch (one owner, wanted types only, in any order, perhaps not for the first time) and stores `upTo` as
   * the cursor in the same transaction. Everything wanted up to `upTo` has been delivered by then; 0 leaves the cursor
   * where it is, as does one that is further already. Resolves when durable; a rejection means the whole batch is
   * delivered again.
   */
  readonly deliver: (batch: readonly RecordedEvent[], upTo: number) => Promise<void>;
  /**
   * Tries the dead letters again that an operator asked to try again, each for itself.
   * @returns how many were tried
   * @default dead letters stay where they are
   */
  readonly redeliver?: () => Promise<number>;
}

/** Tells which types of events a subscription is about. */
export function wantedBy({ types }: EventSubscription): (type: string) => boolean {
  const wanted = new Set(types);
  return wanted.has(EVERY_TYPE) ? () => true : (type) => wanted.has(type);
}

/**
 * How events travel from their owner to their consumers. In process and by pull the consumer reads the owner's log;
 * with a broker the owner's log is published to it. Delivery is at least once and unordered in every case.
 */
export interface EventTransport {
  /** Called by an owner at start. */
  attach(owner: string, log: EventLog): void;
  subscribe(subscription: EventSubscription): { stop(): Promise<void> };
  /** Ends what the transport itself holds open, after its users have stopped. Safe to call twice. */
  close(): Promise<void>;
}
