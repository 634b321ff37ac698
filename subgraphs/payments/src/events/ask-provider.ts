import { type WorkLoop, startWorkLoop } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { groupCommit } from '@souk/kit/postgres';
import { perform } from '../provider/perform.js';
import { type PaymentProvider, ProviderUnavailable } from '../provider/payment-provider.js';
import { type PaymentTask, type Surroundings, applyCommands } from '../store/apply-commands.js';
import type { PaymentsDatabase } from '../store/database.js';
import { type ClaimedIntent, type Delay, claimDue, putOff } from '../store/due-intents.js';

/** What {@link startAskingProvider} needs. */
export interface AskProviderDeps extends Surroundings {
  readonly database: PaymentsDatabase;
  readonly provider: PaymentProvider;
  readonly logger: Logger;
  /** Pause between two looks without a wake-up, in milliseconds. */
  readonly everyMs: number;
}

/** How a call ended: with what it means for the payment, or with nothing yet. */
type Ending = { readonly task: PaymentTask } | { readonly delay: Delay };

/**
 * Asks the provider for whatever payments need, and writes its answers down with the events that tell of them. A slow
 * answer holds up no other. A crash at any point repeats a call under the same idempotency key; replicas share the
 * work.
 */
export function startAskingProvider(deps: AskProviderDeps): WorkLoop {
  const { database, clock, logger, everyMs } = deps;
  const record = groupCommit(async (tasks: readonly PaymentTask[]) => {
    await database.transaction((sql) => applyCommands(sql, tasks, deps));
    return tasks;
  });
  // Apart from the answers: one transaction of both would not lock its payments in the order of ids.
  const delay = groupCommit(async (delays: readonly Delay[]) => {
    await database.transaction((sql) => putOff(sql, delays, clock()));
    return delays;
  });
  return startWorkLoop<ClaimedIntent>({
    name: 'payments',
    logger,
    everyMs,
    claim: (limit) => claimDue(database.pool, clock(), limit),
    // If its ending cannot be written down, the payment is taken again when its lease is over.
    async work(claimed, signal) {
      const ending = await ask(deps, claimed, signal);
      await ('task' in ending ? record(ending.task) : delay(ending.delay));
    },
  });
}

async function ask(
  { provider, logger }: AskProviderDeps,
  payment: ClaimedIntent,
  signal: AbortSignal,
): Promise<Ending> {
  const { orderId, intent } = payment;
  try {
    const command = await perform(provider, payment, signal);
    return command ? { task: { orderId, command } } : { delay: { payment, atLeastMs: 0 } };
  } catch (error) {
    const { operation, attempts } = intent;
    logger.warn(
      { err: error, orderId, operation, attempts },
      'the payment provider did not answer, asking again',
    );
    return {
      delay: { payment, atLeastMs: error instanceof ProviderUnavailable ? error.retryAfterMs : 0 },
    };
  }
}
