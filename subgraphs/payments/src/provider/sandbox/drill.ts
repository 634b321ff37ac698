import type { Pool } from '@souk/kit/postgres';

/** How the sandbox can be made to misbehave. TIMEOUT: calls work, but their answers are lost. ERROR: they fail. */
export type DrillMode = 'TIMEOUT' | 'ERROR' | 'SLOW';

/** A drill under way. */
export interface Drill {
  readonly mode: DrillMode;
  readonly until: Date;
}

/** Makes the sandbox misbehave for a while, in all replicas. */
export interface Drills {
  /** The drill that is under way. */
  current(): Promise<Drill | undefined>;
  /** @param drill undefined ends the one under way */
  set(drill: Drill | undefined): Promise<void>;
}

/** How long a replica takes to notice a drill, in milliseconds. */
const NOTICE_MS = 250;

/** Kept in the sandbox's part of the database. */
export function openDrills(pool: Pool, clock: () => Date): Drills {
  let known: { readonly drill: Drill | undefined; readonly readAt: number } | undefined;
  /** Counts what outdates a look: it is raised before and after each write. */
  let generation = 0;
  const forget = (): void => {
    generation += 1;
    known = undefined;
  };
  const read = async (): Promise<Drill | undefined> => {
    const { rows } = await pool.query<Drill>('SELECT mode, until FROM sandbox.drill');
    return rows[0];
  };
  const write = async (drill: Drill | undefined): Promise<void> => {
    if (!drill) return void (await pool.query('DELETE FROM sandbox.drill'));
    await pool.query(
      `INSERT INTO sandbox.drill (mode, until) VALUES ($1, $2)
       ON CONFLICT (one) DO UPDATE SET mode = excluded.mode, until = excluded.until`,
      [drill.mode, drill.until],
    );
  };
  const look = async (readAt: number): Promise<Drill | undefined> => {
    const begunIn = generation;
    const drill = await read();
    // What was read beside a write may be the drill before it, which must not be believed afterwards.
    if (begunIn === generation) known = { drill, readAt };
    return drill;
  };
  return {
    async current() {
      const now = clock();
      const isFresh = known && Math.abs(now.getTime() - known.readAt) < NOTICE_MS;
      const drill = isFresh ? known?.drill : await look(now.getTime());
      return drill && drill.until > now ? drill : undefined;
    },
    async set(drill) {
      forget();
      try {
        await write(drill);
      } finally {
        forget();
      }
    },
  };
}
