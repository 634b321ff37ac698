import { AppError } from '@souk/kit/errors';
import type { PageRequest } from '@souk/kit/graphql';
import { type Pool, pgExecutor } from '@souk/kit/postgres';
import type { NumberedEntry, SagaRecord } from '../domain/saga-record.js';
import type { SagaStatus } from '../domain/saga-status.js';
import { type StoredSteps, toSteps } from './saga-row.js';

/** Which sagas a list shows. */
export interface SagaFilter {
  readonly statuses?: readonly SagaStatus[] | undefined;
}

/** Most entries of a history that are shown: an order whose parcel is never heard of is asked about for weeks. */
const HISTORY_LIMIT = 500;

const COLUMNS = `order_id AS "orderId", status, steps, due_at AS "nextActionAt", driver, started_at AS "startedAt",
  updated_at AS "updatedAt"`;
type SagaRow = Omit<SagaRecord, 'steps'> & { readonly steps: StoredSteps };
const toRecord = (row: SagaRow): SagaRecord => ({ ...row, steps: toSteps(row.steps) });

/** The saga of an order; null for an order that is not known. */
export async function readSaga(pool: Pool, orderId: string): Promise<SagaRecord | null> {
  const [row] = await pgExecutor(pool).query<SagaRow>(`SELECT ${COLUMNS} FROM sagas WHERE order_id = $1`, [
    orderId,
  ]);
  return row ? toRecord(row) : null;
}

/** A page of sagas, the newest order's first, and one more if there is a next page. */
export async function sagasOfPage(
  pool: Pool,
  { statuses }: SagaFilter,
  page: PageRequest,
): Promise<SagaRecord[]> {
  const [startedAt, orderId] = afterOf(page);
  const rows = await pgExecutor(pool).query<SagaRow>(
    `SELECT ${COLUMNS} FROM sagas
     WHERE ($1::saga_status[] IS NULL OR status = ANY($1)) AND ($2::timestamptz IS NULL OR (started_at, order_id) < ($2, $3))
     ORDER BY started_at DESC, order_id DESC LIMIT $4`,
    [statuses ?? null, startedAt, orderId, page.limit + 1],
  );
  return rows.map(toRecord);
}

function afterOf({ after }: PageRequest): readonly [Date | null, string | null] {
  if (!after) return [null, null];
  const [startedAt, orderId] = after;
  const at = new Date(startedAt ?? '');
  if (typeof orderId !== 'string' || Number.isNaN(at.getTime())) {
    throw new AppError(
      'BAD_USER_INPUT',
      '"after" is not a cursor of this list. Pass a page\'s endCursor, unchanged.',
    );
  }
  return [at, orderId];
}

/** How many sagas the filter lets through. */
export async function countSagas(pool: Pool, { statuses }: SagaFilter): Promise<number> {
  const [row] = await pgExecutor(pool).query<{ count: number }>(
    'SELECT count(*) FROM sagas WHERE $1::saga_status[] IS NULL OR status = ANY($1)',
    [statuses ?? null],
  );
  return row?.count ?? 0;
}

/** A list's sort key of a saga, for its cursor. */
export const sagaCursorKeyOf = ({ startedAt, orderId }: SagaRecord): readonly string[] => [
  startedAt.toISOString(),
  orderId,
];

/** What happened to the steps of an order, oldest first. */
export interface SagaHistory {
  readonly orderId: string;
  readonly entries: readonly NumberedEntry[];
}

/** The histories of orders, in any order, in one round trip. */
export async function readSagaHistories(pool: Pool, orderIds: readonly string[]): Promise<SagaHistory[]> {
  const rows = await pgExecutor(pool).query<{
    readonly orderId: string;
    readonly entries: readonly (Omit<NumberedEntry, 'at'> & { readonly at: string })[];
  }>(
    `SELECT id AS "orderId", coalesce((
       SELECT json_agg(latest ORDER BY sequence) FROM (
         SELECT sequence, at, step, type, detail FROM saga_history WHERE order_id = id
         ORDER BY sequence DESC LIMIT ${HISTORY_LIMIT}) AS latest), '[]') AS entries
     FROM unnest($1::text[]) AS ids (id)`,
    [orderIds],
  );
  return rows.map(({ orderId, entries }) => ({
    orderId,
    entries: entries.map((entry) => ({ ...entry, at: new Date(entry.at) })),
  }));
}
