import { type Pool, pgExecutor } from '@souk/kit/postgres';
import type { Drill } from '../domain/drill.js';

/** What goes wrong on purpose, on every replica. */
export interface Drills {
  current(): Promise<Drill>;
  set(drill: Drill): Promise<void>;
  /**
   * Turns the simulated carrier's clock on: what it would have seen by then, it sees now.
   *
   * @returns how many scans became due by that
   */
  skip(seconds: number): Promise<number>;
}

export function createDrills(pool: Pool, clock: () => Date): Drills {
  const sql = pgExecutor(pool);
  return {
    async current() {
      const [row] = await sql.query<{ drill: Drill }>('SELECT drill FROM drills');
      return row?.drill ?? 'NONE';
    },
    async set(drill) {
      await sql.query(
        `INSERT INTO drills (drill) VALUES ($1::shipping_drill)
         ON CONFLICT (id) DO UPDATE SET drill = excluded.drill`,
        [drill],
      );
    },
    async skip(seconds) {
      const now = clock();
      const [row] = await sql.query<{ due: number }>(
        `WITH moved AS (
           UPDATE simulated_scans SET due_at = greatest(due_at - make_interval(secs => $1), $2)
           WHERE driven_at IS NULL AND due_at > $2 RETURNING due_at)
         SELECT count(*)::int AS due FROM moved WHERE due_at <= $2`,
        [seconds, now],
      );
      return row?.due ?? 0;
    },
  };
}
