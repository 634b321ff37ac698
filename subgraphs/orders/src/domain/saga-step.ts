/** What has to happen for an order, in this order. SHIP and DELIVER are the carrier's: they are waited for. */
export const FORWARD_STEPS = [
  'RESERVE_STOCK',
  'AUTHORIZE_PAYMENT',
  'COMMIT_STOCK',
  'CAPTURE_PAYMENT',
  'SCHEDULE_SHIPMENT',
  'SHIP',
  'DELIVER',
] as const;

/** What takes steps back, the latest step's first. */
export const COMPENSATIONS = [
  'RETURN_SHIPMENT',
  'RECEIVE_RETURN',
  'CANCEL_SHIPMENT',
  'VOID_PAYMENT',
  'RELEASE_STOCK',
] as const;

export type ForwardStep = (typeof FORWARD_STEPS)[number];
export type Compensation = (typeof COMPENSATIONS)[number];
export type StepName = ForwardStep | Compensation;

/**
 * How far a step is. ASKED: its answer is waited for. STUCK: time ran out, staff should look; an answer still counts.
 * DROPPED: the order went another way before there was an answer.
 */
export type StepStatus = 'ASKED' | 'STUCK' | 'DONE' | 'REFUSED' | 'DROPPED';

/** A step that was begun. */
export interface SagaStep {
  readonly status: StepStatus;
  /** How often it was asked for; a step that is only waited for stays at 1. */
  readonly attempts: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** When waiting for it ends. Null: never. */
  readonly deadline: Date | null;
  /** When it is asked for again. Null: not by itself. */
  readonly nextRetryAt: Date | null;
  readonly lastError: string | null;
  /** What was said when it was begun, for example why an order is called off. */
  readonly note: string | null;
}

/** The steps that were begun, by name. */
export type SagaSteps = Readonly<Partial<Record<StepName, SagaStep>>>;

/** True while an answer is waited for. */
export const isOpen = (step: SagaStep | undefined): step is SagaStep =>
  step?.status === 'ASKED' || step?.status === 'STUCK';

export const isForward = (name: StepName): name is ForwardStep =>
  (FORWARD_STEPS as readonly StepName[]).includes(name);

/** Names of the steps that wait for an answer, in the order in which they were begun. */
export const openSteps = (steps: SagaSteps): readonly StepName[] =>
  [...FORWARD_STEPS, ...COMPENSATIONS].filter((name) => isOpen(steps[name]));
