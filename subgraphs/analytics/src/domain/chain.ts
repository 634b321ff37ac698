import { createHash } from 'node:crypto';
import type { AuditRecord, ChainHead } from './audit-record.js';
import { canonicalJson } from './canonical-json.js';
import type { RedactedEvent } from './redact.js';

/** An event that may tell which version of its schema it has. */
type VersionedEvent = RedactedEvent & { readonly schemaVersion?: number | undefined };

/**
 * Makes records of events, in their order, chained to `head`. An event is kept as it is, with its instant in UTC.
 *
 * @param recordedAt the instant of the appender's clock; where that went backwards, the head's is kept
 * @throws RangeError for an event whose `occurredAt` is no instant
 */
export function chainOn(head: ChainHead, events: readonly VersionedEvent[], recordedAt: Date): AuditRecord[] {
  const at = recordedAt.toISOString();
  let last: ChainHead = head;
  return events.map((event) => {
    const content: Omit<AuditRecord, 'hash'> = {
      number: last.number + 1,
      id: event.id,
      type: event.type,
      source: event.source,
      aggregateId: event.aggregateId,
      version: event.version,
      schemaVersion: event.schemaVersion ?? null,
      occurredAt: new Date(event.occurredAt).toISOString(),
      correlationId: event.correlationId,
      payload: event.payload,
      redacted: event.redacted,
      recordedAt: at > last.recordedAt ? at : last.recordedAt,
    };
    const record = { ...content, hash: hashOf(content, last.hash) };
    last = record;
    return record;
  });
}

/** SHA-256 over the hash before and the canonical JSON of the record without its own hash. */
export const hashOf = (content: Omit<AuditRecord, 'hash'>, before: Buffer): Buffer =>
  createHash('sha256').update(before).update(canonicalJson(content)).digest();

/** The first record that is not as it was written. */
export interface BrokenRecord {
  /** Its place in the chain. */
  readonly number: number;
  /** Null for a record that is missing. */
  readonly eventId: string | null;
  /** CHANGED: its content, or what it is chained to, is another. MISSING: it is not there. UNCHAINED: it is beyond the end. */
  readonly reason: 'CHANGED' | 'MISSING' | 'UNCHAINED';
}

/**
 * Checks records that follow each other.
 *
 * @param before the end of what was checked already; {@link GENESIS} at first
 * @returns the first broken record; undefined if there is none
 */
export function firstBroken(
  before: Pick<ChainHead, 'number' | 'hash'>,
  records: readonly AuditRecord[],
): BrokenRecord | undefined {
  let last = before;
  for (const record of records) {
    const { hash, ...content } = record;
    if (record.number !== last.number + 1) {
      return { number: last.number + 1, eventId: null, reason: 'MISSING' };
    }
    if (!hashOf(content, last.hash).equals(hash)) {
      return { number: record.number, eventId: record.id, reason: 'CHANGED' };
    }
    last = record;
  }
  return undefined;
}
