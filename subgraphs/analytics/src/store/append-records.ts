import type { SqlExecutor } from '@souk/kit/postgres';
import type { AuditRecord } from '../domain/audit-record.js';
import { chainOn } from '../domain/chain.js';
import type { RedactedEvent } from '../domain/redact.js';
import { lockChain, readHead } from './chain-head.js';

/**
 * Appends events to the chain in the caller's transaction, each once: those that are there already are left out. The
 * caller holds the chain until the transaction ends, so it should end soon.
 *
 * @returns the records that were added
 */
export async function appendRecords(
  sql: SqlExecutor,
  events: readonly RedactedEvent[],
  now: Date,
): Promise<readonly AuditRecord[]> {
  if (events.length === 0) return [];
  await lockChain(sql);
  const fresh = await withoutKnown(sql, events);
  if (fresh.length === 0) return [];
  const records = chainOn(await readHead(sql), fresh, now);
  await openMonths(sql, records, now);
  await insert(sql, records);
  return records;
}

async function withoutKnown(sql: SqlExecutor, events: readonly RedactedEvent[]): Promise<RedactedEvent[]> {
  const byId = new Map(events.map((event) => [event.id, event]));
  const rows = await sql.query<{ event_id: string }>(
    `SELECT records.event_id FROM unnest($1::text[], $2::timestamptz[]) AS asked (event_id, occurred_at)
     JOIN audit.records USING (event_id, occurred_at)`,
    // As they are stored: with milliseconds.
    [[...byId.keys()], [...byId.values()].map(({ occurredAt }) => new Date(occurredAt).toISOString())],
  );
  for (const row of rows) byId.delete(row.event_id);
  return [...byId.values()];
}

/** How long before its first day a month is opened. */
const AHEAD_MS = 7 * 86_400_000;

async function openMonths(sql: SqlExecutor, records: readonly AuditRecord[], now: Date): Promise<void> {
  const months = new Set(records.map(({ occurredAt }) => `${occurredAt.slice(0, 7)}-01T00:00:00Z`));
  months.add(new Date(now.getTime() + AHEAD_MS).toISOString());
  await sql.query('SELECT audit.open_month(month) FROM unnest($1::timestamptz[]) AS month', [[...months]]);
}

async function insert(sql: SqlExecutor, records: readonly AuditRecord[]): Promise<void> {
  const rows = records.map(({ hash, ...record }) => ({ ...record, hash: hash.toString('hex') }));
  await sql.query(
    `WITH added AS (
       INSERT INTO audit.records
       SELECT x.number, x.id, x.type, x.source, x."aggregateId", x.version, x."schemaVersion", x."occurredAt",
              x."correlationId", coalesce(x.payload, 'null'), x.redacted, x."recordedAt", decode(x.hash, 'hex')
       FROM jsonb_to_recordset($1::jsonb) AS x (
         number bigint, id text, type text, source text, "aggregateId" text, version bigint, "schemaVersion" int,
         "occurredAt" timestamptz, "correlationId" text, payload jsonb, redacted text[], "recordedAt" timestamptz,
         hash text)
       RETURNING number, hash, recorded_at
     )
     UPDATE audit.head SET number = added.number, hash = added.hash, recorded_at = added.recorded_at
     FROM added WHERE added.number = (SELECT max(number) FROM added)`,
    [JSON.stringify(rows)],
  );
}
