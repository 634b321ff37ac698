import { sleep } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { type Surroundings, applyCommands } from '../store/apply-commands.js';
import type { OrdersDatabase } from '../store/database.js';

/** Most orders given up in one transaction. */
const PORTION = 100;

/** What {@link startGivingUp} needs. */
export interface GiveUpDeps extends Surroundings {
  readonly database: OrdersDatabase;
  readonly logger: Logger;
  /** Pause between two looks, in milliseconds. */
  readonly everyMs: number;
}

/**
 * Fails the orders whose outcome did not come in time and lets go of what they hold. Their deadlines are stored with
 * them, so that a restart forgets none; replicas share the work.
 */
export function startGivingUp(deps: GiveUpDeps): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const more = await giveUpOverdue(deps).catch((error: unknown) => {
        deps.logger.warn({ err: error }, 'cannot give up overdue orders, trying again');
        return false;
      });
      if (!more) await sleep(deps.everyMs, stopping.signal);
    }
  };
  const ended = run();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Gives up a portion of the overdue orders. Returns true if there may be more. */
async function giveUpOverdue(deps: GiveUpDeps): Promise<boolean> {
  const given = await deps.database.transaction(async (sql) => {
    const overdue = await sql.query<{ id: string }>(
      `SELECT id FROM orders WHERE status = 'PENDING' AND decide_by <= $1 ORDER BY id LIMIT ${PORTION}
       FOR UPDATE SKIP LOCKED`,
      [deps.clock()],
    );
    await applyCommands(
      sql,
      overdue.map(({ id }) => ({ orderId: id, command: { type: 'TimeOut' } })),
      deps,
    );
    return overdue.length;
  });
  if (given > 0)
    deps.logger.warn({ orders: given }, 'orders given up: stock or payment did not answer in time');
  return given === PORTION;
}
