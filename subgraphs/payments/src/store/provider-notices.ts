import type { Pruning } from '@souk/kit/lifecycle';
import type { Pool, SqlExecutor } from '@souk/kit/postgres';
import { type PaymentTask, type Surroundings, applyCommands, readIntent } from './apply-commands.js';

/** How long the id of a webhook is remembered: far longer than any provider repeats one. In milliseconds. */
const MEMORY_MS = 30 * 24 * 3_600_000;

/** What became of a webhook. */
export type Noticed = 'applied' | 'known' | 'of-nobody';

/** Takes in what the provider tells by itself, once for each id. One about an order that is not ours changes nothing. */
export async function takeNotice(
  sql: SqlExecutor,
  notice: { readonly id: string; readonly task: PaymentTask },
  surroundings: Surroundings,
): Promise<Noticed> {
  const { id, task } = notice;
  if (!(await readIntent(sql, task.orderId))) return 'of-nobody';
  const fresh = await sql.query(
    'INSERT INTO provider_notices (id, received_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING RETURNING id',
    [id, surroundings.clock()],
  );
  if (fresh.length === 0) return 'known';
  await applyCommands(sql, [task], surroundings);
  return 'applied';
}

/** Forgets webhooks that will not come again. */
export const noticePruning = (pool: Pool, clock: () => Date): Pruning => ({
  name: 'webhooks of the provider',
  async prune(limit) {
    const { rowCount } = await pool.query(
      `DELETE FROM provider_notices WHERE id IN (
         SELECT id FROM provider_notices WHERE received_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [new Date(clock().getTime() - MEMORY_MS), limit],
    );
    return rowCount ?? 0;
  },
});
