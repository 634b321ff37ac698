import type { SqlExecutor } from '@souk/kit/postgres';
import { type ChainHead, GENESIS } from '../domain/audit-record.js';
import { type BrokenRecord, firstBroken } from '../domain/chain.js';
import { readHead } from './chain-head.js';
import { chainAfter } from './read-records.js';

/** What a verification found. */
export interface Verification {
  /** How far the chain is whole: the last record that was checked and is as it was written. */
  readonly checkedTo: Pick<ChainHead, 'number' | 'hash'>;
  /** Undefined if everything that was checked is as it was written. */
  readonly broken?: BrokenRecord;
  /** True if it was checked to the end of the chain. */
  readonly complete: boolean;
}

/**
 * Checks the chain record by record, in bounded memory, while others append. The end must be where `audit.head` says:
 * that tells that the last records are missing, or that there are some beyond it.
 *
 * @param from what was checked before; the beginning unless given
 * @param most records to check @default all
 */
export async function verifyChain(
  sql: SqlExecutor,
  from: Pick<ChainHead, 'number' | 'hash'> = GENESIS,
  most = Number.MAX_SAFE_INTEGER,
): Promise<Verification> {
  const head = await readHead(sql);
  const upTo = Math.min(head.number, from.number + most);
  let last = from;
  for await (const records of chainAfter(sql, from.number, upTo)) {
    const broken = firstBroken(last, records);
    if (broken) {
      const whole = records.find(({ number }) => number === broken.number - 1) ?? last;
      return { checkedTo: whole, broken, complete: false };
    }
    last = records.at(-1) ?? last;
  }
  if (last.number < upTo) {
    return {
      checkedTo: last,
      broken: { number: last.number + 1, eventId: null, reason: 'MISSING' },
      complete: false,
    };
  }
  if (upTo < head.number) return { checkedTo: last, complete: false };
  if (!last.hash.equals(head.hash)) {
    return {
      checkedTo: last,
      broken: { number: head.number, eventId: null, reason: 'CHANGED' },
      complete: false,
    };
  }
  const beyond = await recordBeyondHead(sql);
  if (beyond) return { checkedTo: last, broken: beyond, complete: false };
  return { checkedTo: last, complete: true };
}

/** A record after the end of the chain was not written by an appender, which moves the end with it. */
async function recordBeyondHead(sql: SqlExecutor): Promise<BrokenRecord | undefined> {
  const [row] = await sql.query<{ number: number; event_id: string }>(
    `SELECT number, event_id FROM audit.records WHERE number > (SELECT number FROM audit.head)
     ORDER BY number LIMIT 1`,
  );
  return row && { number: row.number, eventId: row.event_id, reason: 'UNCHAINED' };
}
