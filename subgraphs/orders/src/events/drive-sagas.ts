import { workInPortions } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { pgExecutor } from '@souk/kit/postgres';
import type { SagaEntryType } from '../domain/saga-event.js';
import { type Surroundings, applyCommands } from '../store/apply-commands.js';
import type { OrdersDatabase } from '../store/database.js';

/** Most sagas driven in one transaction. */
const PORTION = 100;
/** What {@link driveSagas} needs. */
export interface DriverDeps extends Surroundings {
  readonly database: OrdersDatabase;
  readonly logger: Logger;
  /** Pause between two looks, in milliseconds. */
  readonly everyMs: number;
  /** What this driver is called, as no other one is. */
  readonly driver: string;
  /** How long it has for a portion before another one may take it over, in milliseconds. */
  readonly leaseMs: number;
}

/**
 * Drives sagas whose time has come: asks again for what has no answer, gives up what is overdue. When that is, is
 * stored with each saga, so that a restart forgets none. Replicas share the work: each takes a lease on what it drives,
 * and what a dead or frozen one held is taken over when its lease ends.
 */
export function driveSagas(deps: DriverDeps): { stop(): Promise<void> } {
  const { everyMs, logger } = deps;
  return workInPortions({ portion: () => driveDue(deps), everyMs, logger, failure: 'cannot drive sagas' });
}

/** Drives a portion. Returns true if there may be more. */
async function driveDue(deps: DriverDeps): Promise<boolean> {
  const leased = await lease(deps);
  if (leased.length === 0) return false;
  try {
    await drive(deps, leased);
  } catch (error) {
    if (leased.length === 1) throw error;
    // One saga that cannot be driven holds up no other; its own lease has to end first.
    for (const id of leased) await drive(deps, [id]).catch((cause: unknown) => report(deps, id, cause));
  }
  return leased.length === PORTION;
}

const report = ({ logger }: DriverDeps, orderId: string, error: unknown): void =>
  logger.error({ err: error, orderId }, 'a saga cannot be driven, trying again later');

async function lease({ database, clock, driver, leaseMs }: DriverDeps): Promise<string[]> {
  const now = clock();
  const rows = await pgExecutor(database.pool).query<{ order_id: string }>(
    `UPDATE sagas SET driver = $1, leased_until = $2 WHERE order_id IN (
       SELECT order_id FROM sagas WHERE due_at <= $3 AND (leased_until IS NULL OR leased_until <= $3)
       ORDER BY due_at LIMIT ${PORTION} FOR UPDATE SKIP LOCKED)
     RETURNING order_id`,
    [driver, new Date(now.getTime() + leaseMs), now],
  );
  return rows.map((row) => row.order_id);
}

async function drive(deps: DriverDeps, leased: readonly string[]): Promise<void> {
  const { database, driver, logger } = deps;
  const effects = await database.transaction(async (sql) => {
    // Whoever was frozen for longer than the lease finds that somebody else has it.
    const held = await sql.query<{ order_id: string }>(
      'SELECT order_id FROM sagas WHERE order_id = ANY($1) AND driver = $2',
      [leased, driver],
    );
    const tasks = held.map(({ order_id: orderId }) => ({ orderId, command: { type: 'Tick' } as const }));
    const driven = await applyCommands(sql, tasks, deps);
    await sql.query(
      'UPDATE sagas SET driver = NULL, leased_until = NULL WHERE order_id = ANY($1) AND driver = $2',
      [leased, driver],
    );
    return driven;
  });
  const entries = effects.flatMap((effect) => (effect?.accepted ? effect.saga : []));
  const count = (type: SagaEntryType): number => entries.filter((entry) => entry.type === type).length;
  const [stuck, givenUp, askedAgain] = [count('STUCK'), count('DROPPED'), count('ASKED_AGAIN')];
  if (stuck > 0) logger.error({ stuck }, 'steps are stuck: look at sagas(statuses: [STUCK])');
  if (givenUp > 0) logger.warn({ givenUp }, 'steps given up: there was no answer in time');
  if (askedAgain > 0) logger.info({ askedAgain }, 'steps asked for again: there is no answer yet');
}
