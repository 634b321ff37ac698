import type { Logger } from '@souk/kit/log';
import { perform } from '../provider/perform.js';
import type { PaymentProvider } from '../provider/payment-provider.js';
import { type PaymentTask, type Surroundings, applyCommands } from '../store/apply-commands.js';
import type { PaymentsDatabase } from '../store/database.js';
import { type ClaimedIntent, claimDue, putOff } from '../store/due-intents.js';

/** Most payments that the provider is asked about at once. */
const PORTION = 50;

/** What {@link startAskingProvider} needs. */
export interface AskProviderDeps extends Surroundings {
  readonly database: PaymentsDatabase;
  readonly provider: PaymentProvider;
  readonly logger: Logger;
  /** Pause between two looks without a wake-up, in milliseconds. */
  readonly everyMs: number;
}

/**
 * Asks the provider for whatever payments need, and writes its answers down with the events that tell of them. A
 * crash at any point repeats a call under the same idempotency key; replicas share the work.
 */
export function startAskingProvider(deps: AskProviderDeps): { wake(): void; stop(): Promise<void> } {
  const stopping = new AbortController();
  let woken = false;
  let interrupt = (): void => {};
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, deps.everyMs);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      woken = false;
      const more = await askForPortion(deps, stopping.signal).catch((error: unknown) => {
        deps.logger.warn({ err: error }, 'cannot work on payments, trying again');
        return false;
      });
      // `woken` and the signal change while we wait above.
      if (!more && !(woken as boolean) && !stopping.signal.aborted) await pause();
    }
  };
  const ended = run();
  const wake = (): void => {
    woken = true;
    interrupt();
  };
  return {
    wake,
    async stop() {
      stopping.abort();
      wake();
      await ended;
    },
  };
}

/** Returns true if there may be more to do at once. */
async function askForPortion(deps: AskProviderDeps, signal: AbortSignal): Promise<boolean> {
  const { database, clock } = deps;
  const claimed = await claimDue(database.pool, clock(), PORTION);
  if (claimed.length === 0) return false;
  const failed: ClaimedIntent[] = [];
  const answers = await Promise.all(claimed.map((payment) => ask(deps, payment, signal, failed)));
  await database.transaction(async (sql) => {
    await applyCommands(
      sql,
      answers.filter((answer) => answer !== undefined),
      deps,
    );
    await putOff(sql, failed, clock());
  });
  return failed.length < claimed.length;
}

async function ask(
  { provider, logger }: AskProviderDeps,
  payment: ClaimedIntent,
  signal: AbortSignal,
  failed: ClaimedIntent[],
): Promise<PaymentTask | undefined> {
  const { orderId, intent } = payment;
  try {
    const command = await perform(provider, payment, signal);
    return command && { orderId, command };
  } catch (error) {
    logger.warn(
      { err: error, orderId, attempts: intent.attempts },
      'the payment provider did not answer, asking again later',
    );
    failed.push(payment);
    return undefined;
  }
}
