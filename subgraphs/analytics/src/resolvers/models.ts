import type { Connection } from '@souk/kit/graphql';
import type { AuditRecord } from '../domain/audit-record.js';
import type { Currency, HistoryLine } from '../domain/order-history.js';

/** A line of a snapshot with the currency of its order. */
export interface SnapshotLineModel extends HistoryLine {
  readonly currency: Currency | null;
}

/** A page of the event log, whose total is counted only if it is asked for. */
export interface EventLogConnectionModel extends Connection<AuditRecord> {
  readonly count: () => Promise<number>;
}
