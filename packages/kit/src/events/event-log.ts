import type { RecordedEvent } from './event.js';

/**
 * A subgraph's published events in order of position. Local it is the owner's database; remote it is the owner's
 * signed `/events?after=`.
 */
export interface EventLog {
  /** Events with a position greater than `after`, oldest first, at most `limit`. */
  read(after: number, limit: number): Promise<readonly RecordedEvent[]>;
  /**
   * Resolves as soon as there may be something beyond `after`, at the latest after `timeoutMs`. Only a hint: the
   * reader reads again either way.
   */
  waitBeyond(after: number, timeoutMs: number, signal: AbortSignal): Promise<void>;
  /** The highest position, 0 for an empty log. */
  head(): Promise<number>;
  /**
   * A durable place for whoever forwards the log, in the owner's database. A log without it (in memory) is forwarded
   * from its beginning at each start.
   */
  readonly bookmark?: (name: string) => Bookmark;
  /** Aborted when the owner stops its log: there is nothing more to be read. */
  readonly ended?: AbortSignal;
}

/** How far somebody has come in a log. It never goes back, whoever stores what. */
export interface Bookmark {
  load(): Promise<number>;
  store(position: number): Promise<void>;
}

/** A log in its owner's hands, with the relay that gives events their positions. */
export interface OwnedEventLog extends EventLog {
  readonly bookmark: (name: string) => Bookmark;
  readonly ended: AbortSignal;
  /** Starts the relay. Events written before are picked up. */
  start(): Promise<void>;
  /** Stops the relay after the step it is in. Safe to call twice; events not relayed yet wait for the next start. */
  stop(): Promise<void>;
  /** Tells the relay that this process has just committed an event. Never needed for correctness, only for speed. */
  hint(): void;
}
