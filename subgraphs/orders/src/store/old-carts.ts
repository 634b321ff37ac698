import type { Pruning } from '@souk/kit/lifecycle';
import type { Pool } from '@souk/kit/postgres';

/** How long a guest's cart waits for its owner to change it, in milliseconds. */
const KEPT_MS = 90 * 24 * 3_600_000;

/** Removes carts of guests who have not touched them for three months. Those of accounts stay. */
export const oldCartPruning = (pool: Pool, clock: () => Date): Pruning => ({
  name: 'carts of guests',
  async prune(limit) {
    const { rowCount } = await pool.query(
      `DELETE FROM carts WHERE id IN (
         SELECT id FROM carts WHERE token_hash IS NOT NULL AND created_at < $1 AND updated_at < $1
         ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [new Date(clock().getTime() - KEPT_MS), limit],
    );
    return rowCount ?? 0;
  },
});
