import { type CheckoutError, invalidTransition, orderNotFound } from '../domain/checkout-error.js';
import type { OrderCommand } from '../domain/order-command.js';
import type { SagaRecord } from '../domain/saga-record.js';
import { applyCommands } from '../store/apply-commands.js';
import { readSaga } from '../store/read-sagas.js';
import { reasonOf } from './change-order.js';
import type { CommandDeps } from './command-deps.js';

/** The outcome of a mutation of a saga. */
export interface SagaOutcome {
  readonly saga: SagaRecord | null;
  readonly errors: readonly CheckoutError[];
}

const refused = (error: CheckoutError): SagaOutcome => ({ saga: null, errors: [error] });

/** Asks again for whatever the order waits for. The caller has made sure that staff asks. */
export const retrySaga = (deps: CommandDeps, orderId: string): Promise<SagaOutcome> =>
  changeSaga(deps, orderId, { type: 'Retry' });

/** Undoes an order that was not delivered. The caller has made sure that staff asks. */
export async function compensateSaga(
  deps: CommandDeps,
  input: { readonly orderId: string; readonly reason: string | null },
): Promise<SagaOutcome> {
  const { reason, problem } = reasonOf(input.reason);
  return problem ? refused(problem) : changeSaga(deps, input.orderId, { type: 'Compensate', reason });
}

async function changeSaga(deps: CommandDeps, orderId: string, command: OrderCommand): Promise<SagaOutcome> {
  const { database } = deps;
  const [effect] = await database.transaction((sql) => applyCommands(sql, [{ orderId, command }], deps));
  if (!effect) return refused(orderNotFound());
  if (!effect.accepted) return refused(invalidTransition(effect.refusal));
  return { saga: await readSaga(database.pool, orderId), errors: [] };
}
