import type { OrderState } from './order.js';
import { isUndone } from './order-status.js';
import { isForward, openSteps } from './saga-step.js';

/** How an order's saga stands. COMPLETE and COMPENSATED are final, unless a delivered order is returned. */
export type SagaStatus = 'RUNNING' | 'COMPENSATING' | 'RETURNING' | 'STUCK' | 'COMPLETE' | 'COMPENSATED';

export function sagaStatusOf({ status, steps }: Pick<OrderState, 'status' | 'steps'>): SagaStatus {
  const open = openSteps(steps);
  if (open.some((name) => steps[name]?.status === 'STUCK')) return 'STUCK';
  if (open.length === 0) return isUndone(status) || steps.RETURN_SHIPMENT ? 'COMPENSATED' : 'COMPLETE';
  if (open.every(isForward)) return 'RUNNING';
  return status === 'COMPLETE' ? 'RETURNING' : 'COMPENSATING';
}

/** When the saga's driver has something to do: a request to repeat, or a deadline. Null: not by itself. */
export function dueAt({ steps }: Pick<OrderState, 'steps'>): Date | null {
  const instants = openSteps(steps).flatMap((name) => {
    const step = steps[name];
    // A deadline that has passed does not pass again.
    const deadline = step?.status === 'STUCK' ? null : step?.deadline;
    return [step?.nextRetryAt, deadline].filter((instant) => instant instanceof Date);
  });
  return instants.reduce<Date | null>(
    (first, instant) => (first && first <= instant ? first : instant),
    null,
  );
}
