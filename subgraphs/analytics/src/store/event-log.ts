import type { PageRequest } from '@souk/kit/graphql';
import { AppError } from '@souk/kit/errors';
import type { SqlExecutor } from '@souk/kit/postgres';
import type { AuditRecord } from '../domain/audit-record.js';
import { RECORD_COLUMNS, type RecordRow, toRecord } from './record-row.js';

/** Which events are wanted; all that is left out does not matter. */
export interface EventFilter {
  readonly types?: readonly string[] | undefined;
  readonly sources?: readonly string[] | undefined;
  readonly aggregateId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Included. */
  readonly from?: Date | undefined;
  /** Excluded. */
  readonly to?: Date | undefined;
}

/** The keyset of a record in the log: when it happened, then its place in the chain. */
export const eventKey = ({ occurredAt, number }: AuditRecord): [string, number] => [occurredAt, number];

/**
 * A page of the log by the time at which events happened.
 *
 * @throws AppError BAD_USER_INPUT for a cursor of another list
 */
export async function listEvents(
  sql: SqlExecutor,
  filter: EventFilter,
  { limit, after }: PageRequest,
  newestFirst: boolean,
): Promise<AuditRecord[]> {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = conditionsOf(filter, bind);
  if (after !== undefined) {
    const [occurredAt, number] = keyOf(after);
    conditions.push(
      `(occurred_at, number) ${newestFirst ? '<' : '>'} (${bind(occurredAt)}::timestamptz, ${bind(number)}::bigint)`,
    );
  }
  const direction = newestFirst ? 'DESC' : 'ASC';
  const rows = await sql.query<RecordRow>(
    `SELECT ${RECORD_COLUMNS} FROM audit.records ${whereOf(conditions)}
     ORDER BY occurred_at ${direction}, number ${direction} LIMIT ${bind(limit)}`,
    parameters,
  );
  return rows.map(toRecord);
}

/** How many events are wanted, counted up to a limit: a log of years is not read for a number that nobody reads. */
export async function countEvents(sql: SqlExecutor, filter: EventFilter, limit: number): Promise<number> {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM audit.records ${whereOf(conditionsOf(filter, bind))} LIMIT ${bind(limit)}) AS wanted`,
    parameters,
  );
  return row?.count ?? 0;
}

const whereOf = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';

function conditionsOf(filter: EventFilter, bind: (value: unknown) => string): string[] {
  const { types, sources, aggregateId, orderId, correlationId, from, to } = filter;
  return [
    ...(types ? [`type = ANY(${bind(types)})`] : []),
    ...(sources ? [`source = ANY(${bind(sources)})`] : []),
    ...(aggregateId === undefined ? [] : [`aggregate_id = ${bind(aggregateId)}`]),
    ...(orderId === undefined ? [] : [`payload ->> 'orderId' = ${bind(orderId)}`]),
    ...(correlationId === undefined ? [] : [`correlation_id = ${bind(correlationId)}`]),
    ...(from ? [`occurred_at >= ${bind(from)}`] : []),
    ...(to ? [`occurred_at < ${bind(to)}`] : []),
  ];
}

function keyOf(after: readonly (string | number)[]): [string, number] {
  const [occurredAt, number] = after;
  if (
    typeof occurredAt === 'string' &&
    !Number.isNaN(Date.parse(occurredAt)) &&
    Number.isSafeInteger(number)
  ) {
    // The check before leaves nothing else.
    return [occurredAt, number as number];
  }
  throw new AppError(
    'BAD_USER_INPUT',
    '"after" is not a cursor of this list. Pass a page\'s endCursor, unchanged.',
  );
}
