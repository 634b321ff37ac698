import type { StepName } from './saga-step.js';

/** Something that happened to a step. Staff reads it in the saga's history; customers do not see it. */
export type SagaEvent = { readonly step: StepName; readonly at: Date } & (
  | {
      readonly type: 'StepAsked';
      readonly deadline: Date;
      readonly retryAt: Date | null;
      readonly note: string | null;
    }
  /** There was no answer yet. */
  | { readonly type: 'StepAskedAgain'; readonly retryAt: Date | null }
  /** Staff begins it anew, with all its time. */
  | { readonly type: 'StepRestarted'; readonly deadline: Date; readonly retryAt: Date | null }
  /** Whoever is asked waits for somebody else, for example for the buyer's bank. */
  | { readonly type: 'StepExtended'; readonly deadline: Date; readonly note: string }
  /** Staff says that it has happened; shipping is told. */
  | { readonly type: 'StepHurried'; readonly note: string | null }
  | { readonly type: 'StepDone' }
  | { readonly type: 'StepRefused'; readonly reason: string }
  | { readonly type: 'StepDropped' }
  | { readonly type: 'StepStuck'; readonly retryAt: Date | null }
);

/** What an entry of a saga's history tells. */
export type SagaEntryType =
  'ASKED' | 'ASKED_AGAIN' | 'RESTARTED' | 'EXTENDED' | 'HURRIED' | 'DONE' | 'REFUSED' | 'DROPPED' | 'STUCK';

/** One entry of a saga's history. */
export interface SagaEntry {
  readonly at: Date;
  readonly step: StepName;
  readonly type: SagaEntryType;
  readonly detail: string | null;
}

const TYPE_OF = {
  StepAsked: 'ASKED',
  StepAskedAgain: 'ASKED_AGAIN',
  StepRestarted: 'RESTARTED',
  StepExtended: 'EXTENDED',
  StepHurried: 'HURRIED',
  StepDone: 'DONE',
  StepRefused: 'REFUSED',
  StepDropped: 'DROPPED',
  StepStuck: 'STUCK',
} as const satisfies Record<SagaEvent['type'], SagaEntryType>;

/** The entry that an event makes. */
export const sagaEntry = (event: SagaEvent): SagaEntry => ({
  at: event.at,
  step: event.step,
  type: TYPE_OF[event.type],
  detail: 'note' in event ? event.note : 'reason' in event ? event.reason : null,
});
