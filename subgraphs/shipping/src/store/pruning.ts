import type { Pruning } from '@souk/kit/lifecycle';
import type { Pool } from '@souk/kit/postgres';
import { CARRIER_REPORTS } from './take-report.js';

const DAY_MS = 24 * 3_600_000;
/** How long the simulated carrier remembers the way of a parcel that has come to its end, in milliseconds. */
const SCANS_KEPT_MS = 30 * DAY_MS;
/** How long the id of a carrier's report is remembered: far longer than any carrier repeats one. In milliseconds. */
const REPORTS_KEPT_MS = 90 * DAY_MS;

const before = (clock: () => Date, ms: number): Date => new Date(clock().getTime() - ms);

/**
 * Removes what the simulated carrier has seen of parcels that nothing will happen to any more. What shoppers see of
 * them is in `tracking_events`, and stays.
 */
export const scanPruning = (pool: Pool, clock: () => Date): Pruning => ({
  name: 'scans of the simulated carrier',
  async prune(limit) {
    const { rowCount } = await pool.query(
      `DELETE FROM simulated_scans WHERE (tracking_number, number) IN (
         SELECT scan.tracking_number, scan.number FROM simulated_scans AS scan JOIN shipments USING (order_id)
         WHERE scan.due_at < $1 AND shipments.updated_at < $1 AND shipments.operation IS NULL
           AND shipments.status IN ('REFUSED', 'CANCELLED', 'DELIVERED', 'RETURNED', 'LOST')
         LIMIT $2)`,
      [before(clock, SCANS_KEPT_MS), limit],
    );
    return rowCount ?? 0;
  },
});

/** Forgets reports of carriers that will not come again. */
export const reportPruning = (pool: Pool, clock: () => Date): Pruning => ({
  name: 'reports of carriers',
  async prune(limit) {
    const { rowCount } = await pool.query(
      `DELETE FROM events.inbox WHERE ctid = ANY(ARRAY(
         SELECT ctid FROM events.inbox WHERE consumer = $1 AND received_at < $2 LIMIT $3 FOR UPDATE SKIP LOCKED))`,
      [CARRIER_REPORTS, before(clock, REPORTS_KEPT_MS), limit],
    );
    return rowCount ?? 0;
  },
});
