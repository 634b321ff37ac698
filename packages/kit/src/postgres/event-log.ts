import type { Pool, QueryResult } from 'pg';
import type { RecordedEvent } from '../events/event.js';
import type { OwnedEventLog } from '../events/event-log.js';
import { createHeadWatch } from '../events/head-watch.js';
import { createLogTail } from '../events/log-tail.js';
import { type RelayLoop, startRelayLoop } from '../events/relay-loop.js';
import type { Logger } from '../log/logger.js';
import { loadCursor, storeCursor } from './cursors.js';
import { createPool } from './pool.js';
import { pgExecutor } from './sql-executor.js';
import { startListener } from './wake-up-listener.js';

/** What {@link createPostgresEventLog} needs. */
export interface PostgresEventLogOptions {
  readonly pool: Pool;
  /** The same database, for two connections of the log's own: one relays, one listens. */
  readonly url: string;
  /** The subgraph whose log this is. */
  readonly source: string;
  readonly logger: Logger;
  /** Longest pause between two looks without a wake-up, in milliseconds. @default 500 */
  readonly pollMs?: number;
}

const WRITTEN = 'souk_outbox';
const RELAYED = 'souk_relayed';
const PORTION = 1_000;
/** No consumer has such a name: bookmarks of those who forward the log stand among the cursors. */
const bookmarkName = (name: string): string => `forwarder:${name}`;
/** Any constant will do: advisory locks belong to one database. */
const RELAY_LOCK = 736_501;

const COLUMNS = `outbox.position, outbox.id, outbox.type, outbox.source, outbox.aggregate_id, outbox.version,
  outbox.occurred_at, outbox.correlation_id, outbox.payload`;

/**
 * One round trip, one transaction. The lock is a statement of its own, so that the next one sees everything that
 * was committed before the lock was free; positions appear together, at the commit, in ascending order. It gives what
 * it relayed, a row each, or one row without an event.
 */
const RELAY_PORTION = `
  BEGIN;
  SELECT pg_advisory_xact_lock(${RELAY_LOCK});
  WITH head AS (
    SELECT coalesce(max(position), 0) AS position FROM events.outbox
  ), portion AS (
    SELECT sequence, row_number() OVER (ORDER BY sequence) AS n
    FROM (SELECT sequence FROM events.outbox WHERE position IS NULL ORDER BY sequence LIMIT ${PORTION}) AS oldest
  ), relayed AS (
    UPDATE events.outbox SET position = head.position + portion.n
    FROM head, portion WHERE outbox.sequence = portion.sequence
    RETURNING ${COLUMNS}
  )
  SELECT head.position AS before, relayed.*,
         CASE WHEN relayed.position = max(relayed.position) OVER ()
              THEN pg_notify('${RELAYED}', relayed.position::text)::text END AS told
  FROM head LEFT JOIN relayed ON true ORDER BY relayed.position;
  COMMIT`;

const READ = `SELECT ${COLUMNS} FROM events.outbox WHERE position > $1 ORDER BY position LIMIT $2`;

interface EventRow {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly aggregate_id: string;
  readonly version: number;
  readonly occurred_at: Date;
  readonly correlation_id: string;
  readonly payload: unknown;
}

/** Where the log ended before, and an event that was added to it. */
type RelayRow = { readonly before: number } & (EventRow | { readonly position: null });
const isEvent = (row: RelayRow): row is RelayRow & EventRow => row.position !== null;

const toEvent = (row: EventRow): RecordedEvent => ({
  position: row.position,
  id: row.id,
  type: row.type,
  source: row.source,
  aggregateId: row.aggregate_id,
  version: row.version,
  occurredAt: row.occurred_at.toISOString(),
  correlationId: row.correlation_id,
  payload: row.payload,
});

/**
 * The log over a subgraph's outbox table. Any number of replicas may run it: an advisory lock lets one relay work
 * at a time. A new event is seen within milliseconds (NOTIFY), at the latest after `pollMs`.
 *
 * @example const log = createPostgresEventLog({ pool, url, source: 'orders', logger }); await log.start();
 */
export function createPostgresEventLog(options: PostgresEventLogOptions): OwnedEventLog {
  const { pool, url, source, pollMs = 500 } = options;
  const logger = options.logger.child({ eventLog: source });
  const watch = createHeadWatch();
  const tail = createLogTail();
  const executor = pgExecutor(pool);
  // A connection of its own: the relay must not queue behind two hundred checkouts for one of the pool's.
  const relayPool = createPool({ url, logger, max: 1, name: `${source} relay` });
  const ending = new AbortController();
  let stepping: Promise<unknown> = Promise.resolve();
  let loop: RelayLoop | undefined;
  let listener: { stop(): Promise<void> } | undefined;

  const readHead = async (): Promise<number> => {
    const { rows } = await pool.query<{ head: number }>(
      'SELECT coalesce(max(position), 0) AS head FROM events.outbox',
    );
    return rows[0]?.head ?? 0;
  };

  const relayStep = (): Promise<boolean> => {
    const step = relayPortion();
    stepping = step.catch(() => {});
    return step;
  };
  const relayPortion = async (): Promise<boolean> => {
    const client = await relayPool.connect();
    let broken: Error | undefined;
    try {
      // A text of several statements yields one result each, which pg's types do not tell.
      const results = (await client.query(RELAY_PORTION)) as unknown as QueryResult<RelayRow>[];
      const rows = results.find(({ fields }) => fields.some(({ name }) => name === 'before'))?.rows ?? [];
      const relayed = rows.filter(isEvent).map(toEvent);
      tail.append(relayed);
      watch.advance(relayed.at(-1)?.position ?? rows[0]?.before ?? 0);
      return relayed.length === PORTION;
    } catch (error) {
      await client.query('ROLLBACK').catch((cause: Error) => (broken = cause));
      throw error;
    } finally {
      client.release(broken);
    }
  };

  return {
    async start() {
      if (loop) return;
      watch.advance(await readHead());
      loop = startRelayLoop({ step: relayStep, idleMs: pollMs, logger });
      listener = await startListener({
        url,
        logger,
        channels: [WRITTEN, RELAYED],
        onNotification: (channel, text) => {
          if (channel === WRITTEN) loop?.wake();
          // A relay hears of its own work before it has the answer: readers are woken when the tail has it, too.
          else void stepping.then(() => watch.advance(Number(text)));
        },
      });
    },
    async stop() {
      ending.abort();
      await listener?.stop();
      await loop?.stop();
      tail.clear();
      if (!relayPool.ended) await relayPool.end();
    },
    hint: () => loop?.wake(),
    async read(after, limit) {
      const fresh = tail.read(after, limit, watch.head());
      if (fresh.length > 0) return fresh;
      return (await executor.query<EventRow>(READ, [after, limit])).map(toEvent);
    },
    waitBeyond: (after, timeoutMs, signal) => watch.waitBeyond(after, timeoutMs, signal),
    head: readHead,
    bookmark(name) {
      const reader = bookmarkName(name);
      return {
        load: () => loadCursor(executor, reader, source),
        store: (position) => storeCursor(executor, reader, source, position),
      };
    },
    ended: ending.signal,
  };
}
