import { AppError } from '@souk/kit/errors';
import { workInPortions } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import type { StockCommand } from '../domain/stock-command.js';
import { applyStockCommands } from './apply-stock-commands.js';
import type { CommandDeps } from './deps.js';

/** Most reservations let go at once. */
const PORTION = 100;

/** What the clock needs. */
export interface ExpiryDeps extends CommandDeps {
  readonly logger: Logger;
}

/**
 * Lets go of reservations whose time is over. Every replica may do it at the same time, and while the same orders are
 * committed: the guarded write of each reservation lets one of them win.
 *
 * @returns whether there may be more
 */
export async function letGoExpired(deps: ExpiryDeps): Promise<boolean> {
  const due = await deps.store.reservations.findDue(deps.clock(), PORTION);
  const commands = due.map((about) => ({ kind: 'expire', ...about }) as const);
  try {
    await applyStockCommands(deps, commands);
  } catch (error) {
    if (error instanceof AppError && error.retryable) throw error;
    for (const command of commands) await letGoAlone(deps, command);
    return false;
  }
  return due.length === PORTION;
}

/** One that cannot be let go must not keep the others. */
async function letGoAlone(deps: ExpiryDeps, command: StockCommand): Promise<void> {
  await applyStockCommands(deps, [command]).catch((error: unknown) => {
    deps.logger.error({ err: error, orderId: command.orderId }, 'a reservation cannot be let go');
  });
}

/** Looks for expired reservations until stopped. @param everyMs pause between two looks, in milliseconds */
export function startExpiry(deps: ExpiryDeps, everyMs: number): { stop(): Promise<void> } {
  return workInPortions({
    portion: () => letGoExpired(deps),
    everyMs,
    logger: deps.logger,
    failure: 'cannot let go of expired reservations',
  });
}
