import type { SqlExecutor } from '@souk/kit/postgres';
import type { RefundRefusal } from '../domain/refund.js';

/** What became of a request to give money back. */
export interface RefundRequestRecord {
  readonly fingerprint: string;
  readonly refundId: string;
  /** Null for one that was accepted. */
  readonly refusal: RefundRefusal | null;
}

/**
 * Takes a key for a request, or finds what was made of it before. A second request with the key waits until the first
 * one's transaction has ended.
 *
 * @returns the earlier request; undefined if the key is new, and now ours
 */
export async function claimRefundKey(
  sql: SqlExecutor,
  request: { readonly key: string; readonly fingerprint: string; readonly orderId: string },
  refundId: string,
  at: Date,
): Promise<RefundRequestRecord | undefined> {
  const { key, fingerprint, orderId } = request;
  const claimed = await sql.query(
    `INSERT INTO refund_requests (idempotency_key, fingerprint, order_id, refund_id, created_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (idempotency_key) DO NOTHING RETURNING idempotency_key`,
    [key, fingerprint, orderId, refundId, at],
  );
  if (claimed.length > 0) return undefined;
  const [known] = await sql.query<RefundRequestRecord>(
    `SELECT fingerprint, refund_id AS "refundId", refusal FROM refund_requests WHERE idempotency_key = $1`,
    [key],
  );
  return known;
}

/** Remembers that the request with a key was refused, and why. */
export async function refuseRefundKey(sql: SqlExecutor, key: string, refusal: RefundRefusal): Promise<void> {
  await sql.query('UPDATE refund_requests SET refusal = $2 WHERE idempotency_key = $1', [
    key,
    JSON.stringify(refusal),
  ]);
}
