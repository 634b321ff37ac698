import type { EventLog } from './event-log.js';
import type { RecordedEvent } from './event.js';

/** Where a consumer stands in one owner's log. It must be stored with the effect, in the same transaction. */
export interface CursorStore {
  /** The last position whose effect is stored; 0 before the first. */
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
   * Applies a batch (one owner, ascending positions, wanted types only) and stores `upTo` as the cursor in the same
   * transaction. Resolves when durable; a rejection means the whole batch is delivered again.
   */
  readonly deliver: (batch: readonly RecordedEvent[], upTo: number) => Promise<void>;
}

/**
 * How events travel from their owner to their consumers. In process and by pull the consumer reads the owner's log;
 * with a broker the owner's relay publishes to it. Delivery is at least once and unordered in every case.
 */
export interface EventTransport {
  /** Called by an owner at start. */
  attach(owner: string, log: EventLog): void;
  subscribe(subscription: EventSubscription): { stop(): Promise<void> };
}
