import type { Pool } from 'pg';
import { REMEMBERED_MS } from '../events/remembered.js';
import type { Pruning } from '../lifecycle/pruning.js';

/**
 * Removes inbox rows of events that the cursor has passed, two weeks after they came. An event that comes again
 * afterwards is told by its position (docs/adr/0154). A consumer whose cursor stays behind keeps its rows.
 *
 * @example running.push(startPruning({ tasks: [inboxPruning(pool)], logger }));
 */
export const inboxPruning = (pool: Pool): Pruning => ({
  name: 'inbox rows',
  async prune(limit) {
    const { rowCount } = await pool.query(
      `DELETE FROM events.inbox WHERE ctid = ANY(ARRAY(
         SELECT row.ctid FROM events.inbox AS row JOIN events.cursors USING (consumer, owner)
         WHERE row.received_at < now() - $1::double precision * interval '1 millisecond'
           AND row.position <= cursors.position
         LIMIT $2 FOR UPDATE OF row SKIP LOCKED))`,
      [REMEMBERED_MS, limit],
    );
    return rowCount ?? 0;
  },
});
