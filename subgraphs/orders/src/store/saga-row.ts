import type { OrderState } from '../domain/order.js';
import { dueAt, sagaStatusOf } from '../domain/saga-status.js';
import type { SagaStep, SagaSteps, StepName } from '../domain/saga-step.js';

/** Steps as JSON holds them: instants are texts. */
type StoredStep = Omit<SagaStep, 'startedAt' | 'endedAt' | 'deadline' | 'nextRetryAt'> & {
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly deadline: string | null;
  readonly nextRetryAt: string | null;
};
export type StoredSteps = Readonly<Partial<Record<StepName, StoredStep>>>;

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

export const toSteps = (stored: StoredSteps): SagaSteps =>
  Object.fromEntries(
    Object.entries(stored).map(([name, step]): [string, SagaStep] => [
      name,
      {
        ...step,
        startedAt: new Date(step.startedAt),
        endedAt: instant(step.endedAt),
        deadline: instant(step.deadline),
        nextRetryAt: instant(step.nextRetryAt),
      },
    ]),
  );

/** What of a saga is written with each change of its order. */
export const toSagaRow = (order: OrderState) => ({
  saga_status: sagaStatusOf(order),
  steps: order.steps,
  due_at: dueAt(order),
});
