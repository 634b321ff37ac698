import type { StepName } from './saga-step.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a step is waited for, how often it is asked for, and what happens when time runs out. */
export interface StepPolicy {
  /** First pause before it is asked for again, doubled each time, in milliseconds. Null: nobody is asked. */
  readonly retryMs: number | null;
  /** Longest pause, in milliseconds. */
  readonly maxRetryMs: number;
  /** Longest wait for an answer, in milliseconds. Null: as long as the order may stay undecided. */
  readonly deadlineMs: number | null;
  /** UNDO: everything is given back. STUCK: a person decides; it is still asked for, slowly. */
  readonly onDeadline: 'UNDO' | 'STUCK';
}

const asked = (deadlineMs: number | null, onDeadline: StepPolicy['onDeadline']): StepPolicy => ({
  retryMs: 5 * SECOND,
  maxRetryMs: 30 * SECOND,
  deadlineMs,
  onDeadline,
});
const waited = (deadlineMs: number): StepPolicy => ({
  retryMs: null,
  maxRetryMs: 0,
  deadlineMs,
  onDeadline: 'STUCK',
});

/**
 * Steps before the parcel is on its way can be taken back by themselves, so they are when time runs out. From there on
 * goods and money are in the hands of people, who must say what is true. Compensations are never given up.
 */
const POLICIES: Readonly<Record<StepName, StepPolicy>> = {
  RESERVE_STOCK: asked(null, 'UNDO'),
  AUTHORIZE_PAYMENT: asked(null, 'UNDO'),
  // Inventory lets an uncommitted reservation go after half an hour.
  COMMIT_STOCK: asked(30 * MINUTE, 'UNDO'),
  CAPTURE_PAYMENT: asked(DAY, 'UNDO'),
  SCHEDULE_SHIPMENT: { ...asked(3 * DAY, 'STUCK'), maxRetryMs: 5 * MINUTE },
  SHIP: waited(7 * DAY),
  DELIVER: waited(21 * DAY),
  RETURN_SHIPMENT: { ...asked(3 * DAY, 'STUCK'), maxRetryMs: 5 * MINUTE },
  RECEIVE_RETURN: waited(30 * DAY),
  CANCEL_SHIPMENT: asked(HOUR, 'STUCK'),
  VOID_PAYMENT: asked(HOUR, 'STUCK'),
  RELEASE_STOCK: asked(HOUR, 'STUCK'),
};

/** How long a buyer has to confirm a payment at the bank, in milliseconds. Less than a reservation lives. */
export const CHALLENGE_MS = 15 * MINUTE;
/** Pause between two requests of a step that is stuck, in milliseconds. */
const STUCK_RETRY_MS = 15 * MINUTE;

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

export const policyOf = (step: StepName): StepPolicy => POLICIES[step];

/** When waiting for a step that is begun at `at` ends. */
export function deadlineOf(step: StepName, at: Date, decideBy: Date): Date {
  const { deadlineMs } = POLICIES[step];
  return deadlineMs === null ? decideBy : later(at, deadlineMs);
}

/** When a step is asked for again that was asked for `attempts` times; null for one that is only waited for. */
export function retryAfter(step: StepName, attempts: number, at: Date): Date | null {
  const { retryMs, maxRetryMs } = POLICIES[step];
  return retryMs === null ? null : later(at, Math.min(maxRetryMs, retryMs * 2 ** Math.min(attempts - 1, 20)));
}

/** The same for a step that is stuck. */
export const retryOfStuck = (step: StepName, at: Date): Date | null =>
  POLICIES[step].retryMs === null ? null : later(at, STUCK_RETRY_MS);

/** When a payment that the bank wants to have confirmed is given up. */
export const challengeDeadline = (at: Date): Date => later(at, CHALLENGE_MS);
