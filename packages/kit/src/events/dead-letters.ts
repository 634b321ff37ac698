import type { RecordedEvent } from './event.js';

/** An event that a consumer could not apply, and why. */
export interface DeadLetter {
  readonly consumer: string;
  readonly event: RecordedEvent;
  readonly error: string;
  /** How often it was tried; 0 while it waits to be tried again. */
  readonly attempts: number;
  readonly failedAt: Date;
}

/** The ids of events, or all there are. */
export type WhichLetters = readonly string[] | 'all';

/** The dead letters in one subgraph's database, for operators. */
export interface DeadLetters {
  count(): Promise<number>;
  /** Those that failed first, at most `limit`. */
  list(limit: number): Promise<readonly DeadLetter[]>;
  /**
   * Asks the subgraph to try them again, which it does within seconds once it runs.
   * @returns how many were asked for
   */
  retry(which: WhichLetters): Promise<number>;
  /**
   * Removes them: their events never take effect.
   * @returns how many were removed
   */
  drop(which: WhichLetters): Promise<number>;
}
