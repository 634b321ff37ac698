import type { SqlExecutor } from '@souk/kit/postgres';
import type { Scan } from '../domain/scan.js';
import { type Surroundings, applyCommands } from './apply-commands.js';
import type { ShippingDatabase } from './database.js';

/** What a carrier reports of a parcel. */
export interface CarrierReport extends Omit<Scan, 'leg' | 'eta'> {
  readonly id: string;
  readonly trackingNumber: string;
  readonly eta?: Date | null | undefined;
}

/** KNOWN: it was taken in before. */
export type ReportOutcome = 'TAKEN' | 'KNOWN' | 'UNKNOWN_PARCEL';

/** Under which name the carrier's reports are in the inbox. */
export const CARRIER_REPORTS = 'carrier-reports';

/** Takes a report in, once: its inbox row and what follows from it are one transaction. */
export function takeReport(
  { transaction }: ShippingDatabase,
  { id, trackingNumber, eta, ...scan }: CarrierReport,
  surroundings: Surroundings,
): Promise<ReportOutcome> {
  return transaction(async (sql) => {
    const parcel = await findParcel(sql, trackingNumber);
    if (!parcel) return 'UNKNOWN_PARCEL';
    const [fresh] = await sql.query(
      'INSERT INTO events.inbox (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event_id',
      [CARRIER_REPORTS, id],
    );
    if (!fresh) return 'KNOWN';
    const command = {
      type: 'ReportScan',
      scan: { ...scan, leg: parcel.isReturn ? 'RETURN' : 'OUTBOUND', eta: eta ?? null },
    } as const;
    await applyCommands(sql, [{ orderId: parcel.orderId, command }], surroundings);
    return 'TAKEN';
  });
}

async function findParcel(sql: SqlExecutor, trackingNumber: string) {
  const [parcel] = await sql.query<{ orderId: string; isReturn: boolean }>(
    `SELECT order_id AS "orderId", coalesce(return_tracking_number = $1, false) AS "isReturn" FROM shipments
     WHERE tracking_number = $1 OR return_tracking_number = $1`,
    [trackingNumber],
  );
  return parcel;
}
