import type { Value } from '../bson/value.js';

/** A change that takes the field away. */
export const removed = Symbol('removed');
/** A change that leaves everything as it was, and creates nothing on the way. */
export const untouched = Symbol('untouched');

export type Outcome = Value | typeof removed | typeof untouched;

/** What a modifier may need to know about where it works. */
export interface Place {
  /** The path as written in the update. */
  readonly path: string;
  /** The `_id` of the document, for error messages. */
  readonly id: Value;
  /** Whether an upsert is making the document. */
  readonly inserting: boolean;
  readonly now: Date;
}

/** What happens to the value at one path. It gets a value it may change in place. */
export type Change = (current: Value | undefined, place: Place) => Outcome;

/** One `path: operand` of an update operator, read and checked. */
export interface Action {
  readonly path: readonly string[];
  readonly text: string;
  readonly change: Change;
  /** Whether a scalar on the way means there is nothing to do, rather than an error. */
  readonly lenient: boolean;
  /** For `$rename`, where the value goes. */
  readonly renameTo?: readonly string[];
}
