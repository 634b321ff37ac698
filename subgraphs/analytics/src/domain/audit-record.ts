import type { DomainEvent } from '@souk/kit/events';

/** An event as the store keeps it: redacted, with its place in the chain. */
export interface AuditRecord extends DomainEvent {
  /** Place in the chain: from 1, without gaps. */
  readonly number: number;
  /** Version of the payload's schema, for events that tell it. */
  readonly schemaVersion: number | null;
  /** Paths of what was taken out of the payload, for example `paymentToken`. */
  readonly redacted: readonly string[];
  /** When the store took it in; ISO 8601, UTC. */
  readonly recordedAt: string;
  /** Covers the hash of the record before and everything above. */
  readonly hash: Buffer;
}

/** The end of the chain: what the next record is chained to. */
export interface ChainHead {
  readonly number: number;
  readonly hash: Buffer;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
}

/** Where a chain begins. */
export const GENESIS: ChainHead = {
  number: 0,
  hash: Buffer.alloc(32),
  recordedAt: new Date(0).toISOString(),
};
