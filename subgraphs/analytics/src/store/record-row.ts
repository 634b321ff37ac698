import type { AuditRecord } from '../domain/audit-record.js';

/** A row of `audit.records`. */
export interface RecordRow {
  readonly number: number;
  readonly event_id: string;
  readonly type: string;
  readonly source: string;
  readonly aggregate_id: string;
  readonly version: number;
  readonly schema_version: number | null;
  readonly occurred_at: Date;
  readonly correlation_id: string;
  readonly payload: unknown;
  readonly redacted: string[];
  readonly recorded_at: Date;
  readonly hash: Buffer;
}

export const RECORD_COLUMNS = `number, event_id, type, source, aggregate_id, version, schema_version, occurred_at,
  correlation_id, payload, redacted, recorded_at, hash`;

/** Exactly what the hash was made of: an instant that is told in microseconds, for one, would not be the same. */
export const toRecord = (row: RecordRow): AuditRecord => ({
  number: row.number,
  id: row.event_id,
  type: row.type,
  source: row.source,
  aggregateId: row.aggregate_id,
  version: row.version,
  schemaVersion: row.schema_version,
  occurredAt: row.occurred_at.toISOString(),
  correlationId: row.correlation_id,
  payload: row.payload,
  redacted: row.redacted,
  recordedAt: row.recorded_at.toISOString(),
  hash: row.hash,
});
