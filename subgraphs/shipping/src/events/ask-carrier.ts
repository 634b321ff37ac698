import { type WorkLoop, startWorkLoop } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { groupCommit } from '@souk/kit/postgres';
import type { Carrier } from '../carrier/carrier.js';
import { perform } from '../carrier/perform.js';
import { type ShipmentTask, type Surroundings, applyCommands } from '../store/apply-commands.js';
import type { ShippingDatabase } from '../store/database.js';
import { type ClaimedShipment, claimDue, putOff } from '../store/due-shipments.js';

/** What {@link startAskingCarrier} needs. */
export interface AskCarrierDeps extends Surroundings {
  readonly database: ShippingDatabase;
  readonly carrier: Carrier;
  readonly logger: Logger;
  /** Pause between two looks without a wake-up, in milliseconds. */
  readonly everyMs: number;
}

/** How a call ended: with what it means for the shipment, or without an answer. */
type Ending = { readonly task: ShipmentTask } | { readonly failed: ClaimedShipment };

/**
 * Asks the carrier for whatever shipments need, and writes its answers down with the events that tell of them. A crash
 * at any point repeats a call under the same idempotency key; replicas share the work.
 */
export function startAskingCarrier(deps: AskCarrierDeps): WorkLoop {
  const { database, clock, logger, everyMs } = deps;
  const record = groupCommit(async (tasks: readonly ShipmentTask[]) => {
    await database.transaction((sql) => applyCommands(sql, tasks, deps));
    return tasks;
  });
  // Apart from the answers: one transaction of both would not lock its shipments in the order of ids.
  const delay = groupCommit(async (failed: readonly ClaimedShipment[]) => {
    await database.transaction((sql) => putOff(sql, failed, clock()));
    return failed;
  });
  return startWorkLoop<ClaimedShipment>({
    name: 'shipments',
    logger,
    everyMs,
    claim: (limit) => claimDue(database.pool, clock(), limit),
    // If its ending cannot be written down, the shipment is taken again when its lease is over.
    async work(claimed, signal) {
      const ending = await ask(deps, claimed, signal);
      if (ending) await ('task' in ending ? record(ending.task) : delay(ending.failed));
    },
  });
}

async function ask(
  { carrier, clock, logger }: AskCarrierDeps,
  claimed: ClaimedShipment,
  signal: AbortSignal,
): Promise<Ending | undefined> {
  const { orderId, shipment } = claimed;
  try {
    const command = await perform(carrier, claimed, { clock, signal });
    return command && { task: { orderId, command } };
  } catch (error) {
    const { operation, attempts } = shipment;
    logger.warn({ err: error, orderId, operation, attempts }, 'the carrier did not answer, asking again');
    return { failed: claimed };
  }
}
