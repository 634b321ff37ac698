import type { SagaEntry } from './saga-event.js';
import type { SagaStatus } from './saga-status.js';
import {
  type Compensation,
  FORWARD_STEPS,
  type ForwardStep,
  type SagaStep,
  type SagaSteps,
  type StepName,
} from './saga-step.js';

/** A saga as it is stored. */
export interface SagaRecord {
  readonly orderId: string;
  readonly status: SagaStatus;
  readonly steps: SagaSteps;
  readonly nextActionAt: Date | null;
  readonly driver: string | null;
  readonly startedAt: Date;
  readonly updatedAt: Date;
}

/** An entry of a saga's history, with its number in it. */
export interface NumberedEntry extends SagaEntry {
  readonly sequence: number;
}

/** A step as staff sees it, also one that was not begun. */
export interface SagaStepView extends Omit<SagaStep, 'status' | 'startedAt' | 'note'> {
  readonly name: StepName;
  readonly status: SagaStep['status'] | 'WAITING';
  readonly startedAt: Date | null;
  readonly compensation: SagaStepView | null;
}

/** What takes which step back. Releasing gives committed units back, too, and voiding a captured amount. */
const COMPENSATION_OF: Partial<Record<StepName, Compensation>> = {
  RESERVE_STOCK: 'RELEASE_STOCK',
  AUTHORIZE_PAYMENT: 'VOID_PAYMENT',
  SCHEDULE_SHIPMENT: 'CANCEL_SHIPMENT',
  DELIVER: 'RETURN_SHIPMENT',
  // A returned parcel is given back in two steps.
  RETURN_SHIPMENT: 'RECEIVE_RETURN',
} satisfies Partial<Record<ForwardStep | 'RETURN_SHIPMENT', Compensation>>;

/** All steps of a saga in their order, each with what takes it back. */
export const viewOfSteps = (steps: SagaSteps): readonly SagaStepView[] =>
  FORWARD_STEPS.map((name) => viewOf(name, steps));

function viewOf(name: StepName, steps: SagaSteps): SagaStepView {
  const compensation = COMPENSATION_OF[name];
  return {
    name,
    ...(steps[name] ?? WAITING),
    compensation: compensation ? viewOf(compensation, steps) : null,
  };
}

const WAITING = {
  status: 'WAITING',
  attempts: 0,
  startedAt: null,
  endedAt: null,
  deadline: null,
  nextRetryAt: null,
  lastError: null,
} as const;
