import type {
  SagaFieldsFragment,
  SagaStatus,
  SagaStepStatus,
  StepFieldsFragment,
} from '@/__generated__/graphql.js';

export type Tone = 'neutral' | 'brand' | 'ok' | 'warn' | 'danger';

/** A step in the picture. */
export type GraphStep = StepFieldsFragment;

/** A step of the way forward, and what takes it back, in the order in which that happens. */
export interface GraphColumn {
  readonly step: GraphStep;
  readonly takesBack: readonly GraphStep[];
}

type Steps = SagaFieldsFragment['steps'];

/** The picture of a saga: a column a step. */
export const columnsOf = (steps: Steps): GraphColumn[] =>
  steps.map(({ compensation, ...step }) => ({
    step,
    takesBack: compensation
      ? [compensation, ...(compensation.compensation ? [compensation.compensation] : [])]
      : [],
  }));

const TONE: Readonly<Record<SagaStepStatus, Tone>> = {
  WAITING: 'neutral',
  DROPPED: 'neutral',
  ASKED: 'brand',
  DONE: 'ok',
  REFUSED: 'danger',
  STUCK: 'danger',
};
export const toneOfStep = ({ status }: Pick<GraphStep, 'status'>): Tone => TONE[status];

const SAGA_TONE: Readonly<Record<SagaStatus, Tone>> = {
  RUNNING: 'brand',
  COMPENSATING: 'warn',
  RETURNING: 'warn',
  STUCK: 'danger',
  COMPLETE: 'ok',
  COMPENSATED: 'neutral',
};
export const toneOfSaga = (status: SagaStatus): Tone => SAGA_TONE[status];

/** Nothing more happens by itself. */
export const isAtRest = (status: SagaStatus): boolean => status === 'COMPLETE' || status === 'COMPENSATED';

/** Whether there is anything to ask for again. */
export const canRetry = ({ status }: { readonly status: SagaStatus }): boolean => !isAtRest(status);

/** Whether there is anything left to take back. */
export const canCompensate = ({ status }: { readonly status: SagaStatus }): boolean =>
  status === 'RUNNING' || status === 'STUCK' || status === 'RETURNING';
