import type { SqlExecutor } from '@souk/kit/postgres';
import type { ProjectionSchema } from './project.js';

/**
 * Counts the ways in which projections were ever made. Raise it with every change to what they hold
 * (`domain/order-history.ts`, `domain/daily-totals.ts`, their tables): the next start makes them again.
 */
const PROJECTION_VERSION = '1';

/** Notes with a projection schema how it was made: as the schema's comment, which goes where the schema goes. */
export const noteVersion = async (sql: SqlExecutor, schema: ProjectionSchema): Promise<void> => {
  await sql.query(`COMMENT ON SCHEMA ${schema} IS '${PROJECTION_VERSION}'`);
};

/** True if the projections that are read were made as this code makes them. */
export async function isUpToDate(sql: SqlExecutor): Promise<boolean> {
  const [row] = await sql.query<{ version: string | null }>(
    `SELECT obj_description('projections'::regnamespace, 'pg_namespace') AS version`,
  );
  return row?.version === PROJECTION_VERSION;
}
