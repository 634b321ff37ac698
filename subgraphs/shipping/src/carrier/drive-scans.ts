import { workInPortions } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import type { Scan } from '../domain/scan.js';
import { type Surroundings, applyCommands } from '../store/apply-commands.js';
import type { ShippingDatabase } from '../store/database.js';
import { type DueScan, takeDueScans } from '../store/simulated-scans.js';

/** Most scans of one transaction. */
const PORTION = 200;

/** What {@link startDriving} needs. */
export interface DriveScansDeps extends Surroundings {
  readonly database: ShippingDatabase;
  readonly logger: Logger;
  /** Whether things go wrong on purpose, as `setShippingDrill` says. */
  readonly drills: boolean;
  /** Pause between two looks, in milliseconds. */
  readonly everyMs: number;
}

/**
 * Is the simulated carrier's hands: makes the scans that are due. Each is made once, in the transaction that writes
 * down what follows from it; replicas share the work, and a restart goes on where the last one ended.
 */
export function startDriving(deps: DriveScansDeps): { stop(): Promise<void> } {
  const { everyMs, logger } = deps;
  return workInPortions({
    portion: () => drive(deps),
    everyMs,
    logger,
    failure: 'cannot move the parcels on',
  });
}

/** Makes a portion of the scans that are due: of each parcel the next one. Returns true if there may be more. */
async function drive(deps: DriveScansDeps): Promise<boolean> {
  return deps.database.transaction(async (sql) => {
    const scans = await takeDueScans(sql, { now: deps.clock(), limit: PORTION, drills: deps.drills });
    const tasks = scans.map((scan) => ({
      orderId: scan.orderId,
      command: { type: 'ReportScan' as const, scan: toScan(scan) },
    }));
    await applyCommands(sql, tasks, deps);
    return scans.length > 0;
  });
}

function toScan({ leg, kind, dueAt: at, place, message, drill }: DueScan): Scan {
  const scan = { leg, kind, at, place, message, eta: null };
  if (drill !== 'LOSE_PARCELS' || kind === 'PICKED_UP') return scan;
  return { ...scan, kind: 'LOST', message: 'The carrier has lost the parcel.' };
}
