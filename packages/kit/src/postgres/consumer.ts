import type { Pool } from 'pg';
import { AppError } from '../errors/app-error.js';
import type { RecordedEvent } from '../events/event.js';
import type { EventSubscription } from '../events/transport.js';
import { backoff } from '../lifecycle/backoff.js';
import { sleep } from '../lifecycle/sleep.js';
import type { Logger } from '../log/logger.js';
import { loadCursor, storeCursor } from './cursors.js';
import { bury, keepLetter, lettersToRetry, takeLetter } from './dead-letters.js';
import { isDatabaseAway, isSerializationFailure } from './failures.js';
import { claim } from './inbox.js';
import type { SqlExecutor } from './sql-executor.js';
import { type RunInTransaction, withTransaction } from './transaction.js';

/** Applies one event; `sql` is the transaction that also holds the inbox row and the cursor. */
export type EventHandler<Sql extends SqlExecutor = SqlExecutor> = (
  sql: Sql,
  event: RecordedEvent,
) => Promise<void>;

interface CommonOptions {
  /** The consuming subgraph (or part of it): the name under which inbox and cursor are kept. Never change it. */
  readonly consumer: string;
  /** The subgraph whose events are wanted. */
  readonly owner: string;
  readonly logger: Logger;
  /** How often an event that fails alone is tried before it becomes a dead letter. @default 5 */
  readonly maxAttempts?: number;
  /** Called when a delivery has been committed, and when dead letters were tried again. @default nobody is told */
  readonly onCommitted?: () => void;
}
interface OnPool {
  readonly pool: Pool;
}
interface InTransaction<Sql extends SqlExecutor> {
  readonly transaction: RunInTransaction<Sql>;
}
type Handling<Sql extends SqlExecutor> =
  | { readonly handlers: Readonly<Record<string, EventHandler<Sql>>> }
  | {
      readonly types: readonly string[];
      /** Gets all new events of a batch at once, in order of position. */
      readonly handleBatch: (sql: Sql, events: readonly RecordedEvent[]) => Promise<void>;
    };

/** What {@link createPostgresConsumer} needs when handlers use plain SQL. */
export type PostgresConsumerOptions = CommonOptions & OnPool & Handling<SqlExecutor>;

/** What it needs when transactions are run otherwise, for example by `prismaTransaction`. */
export type TransactionConsumerOptions<Sql extends SqlExecutor> = CommonOptions &
  InTransaction<Sql> &
  Handling<Sql>;

/** Nothing is wrong with the event itself: trying the whole batch again later is right. */
const isPassing = (error: unknown): boolean =>
  isDatabaseAway(error) || isSerializationFailure(error) || (error instanceof AppError && error.retryable);

/**
 * A subscription whose effects are stored in PostgreSQL exactly once: the inbox rows, the effects and the cursor of
 * a whole batch are one transaction. If the batch fails, its events are tried one by one, so that one bad event
 * harms no other; after `maxAttempts` it goes to `events.dead_letters` with its error.
 *
 * @example transport.subscribe(createPostgresConsumer({ pool, consumer: 'orders', owner: 'inventory', handlers: { 'stock.reserved': onStockReserved }, logger }));
 */
export function createPostgresConsumer(options: PostgresConsumerOptions): EventSubscription;
export function createPostgresConsumer<Sql extends SqlExecutor>(
  options: TransactionConsumerOptions<Sql>,
): EventSubscription;
export function createPostgresConsumer<Sql extends SqlExecutor>(
  options: PostgresConsumerOptions | TransactionConsumerOptions<Sql>,
): EventSubscription {
  if ('transaction' in options) return createConsumer(options, options.transaction, options);
  return createConsumer(options, (work) => withTransaction(options.pool, work), options);
}

function createConsumer<Sql extends SqlExecutor>(
  options: CommonOptions,
  transaction: RunInTransaction<Sql>,
  handling: Handling<Sql>,
): EventSubscription {
  const { consumer, owner, maxAttempts = 5, onCommitted } = options;
  const logger = options.logger.child({ consumer, owner });
  const types = 'handlers' in handling ? Object.keys(handling.handlers) : handling.types;
  const handle = handlingOf(handling);

  const apply = (events: readonly RecordedEvent[], upTo: number): Promise<void> =>
    transaction(async (sql) => {
      const fresh = await claim(sql, { consumer, owner }, events);
      if (fresh.length > 0) await handle(sql, fresh);
      if (upTo > 0) await storeCursor(sql, consumer, owner, upTo);
    });

  /** Runs `attempt` until it succeeds or has failed too often; what is passing is for the caller. */
  const patiently = async (
    event: { readonly id: string },
    attempt: () => Promise<unknown>,
    giveUp: (error: unknown, attempts: number) => Promise<void>,
  ): Promise<void> => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        await attempt();
        return;
      } catch (error) {
        if (isPassing(error)) throw error;
        if (attempts >= maxAttempts) {
          logger.error({ err: error, eventId: event.id, attempts }, 'event set aside as a dead letter');
          return giveUp(error, attempts);
        }
        await sleep(backoff(attempts, { minMs: 20, maxMs: 1_000 }));
      }
    }
  };
  const applyAlone = (event: RecordedEvent, upTo: number): Promise<void> =>
    patiently(
      event,
      () => apply([event], upTo),
      (error, attempts) =>
        transaction(async (sql) => {
          const [fresh] = await claim(sql, { consumer, owner }, [event]);
          if (fresh) await bury(sql, { consumer, owner, event, error, attempts });
          if (upTo > 0) await storeCursor(sql, consumer, owner, upTo);
        }),
    );
  const applyAll = async (batch: readonly RecordedEvent[], upTo: number): Promise<void> => {
    try {
      return await apply(batch, upTo);
    } catch (error) {
      if (isPassing(error)) throw error;
      logger.warn({ err: error, events: batch.length }, 'batch failed, trying its events one by one');
    }
    const ordered = [...batch].sort((a, b) => a.position - b.position);
    for (const event of ordered) await applyAlone(event, Math.min(event.position, upTo));
    if (upTo > 0) await apply([], upTo);
  };
  /** Its inbox row stays: nobody else applies the event, and no transport does when it brings it again. */
  const retryLetter = (id: string): Promise<void> =>
    patiently(
      { id },
      () =>
        transaction(async (sql) => {
          const event = await takeLetter(sql, consumer, id);
          if (event) await handle(sql, [event]);
        }),
      (error, attempts) => transaction((sql) => keepLetter(sql, { consumer, eventId: id, error, attempts })),
    );

  return {
    consumer,
    owner,
    types,
    cursor: { load: (of) => transaction((sql) => loadCursor(sql, consumer, of)) },
    async deliver(batch, upTo) {
      await applyAll(batch, upTo);
      onCommitted?.();
    },
    async redeliver() {
      const ids = await transaction((sql) => lettersToRetry(sql, consumer, owner));
      for (const id of ids) await retryLetter(id);
      if (ids.length > 0) onCommitted?.();
      return ids.length;
    },
  };
}

function handlingOf<Sql extends SqlExecutor>(
  options: Handling<Sql>,
): (sql: Sql, events: readonly RecordedEvent[]) => Promise<void> {
  if (!('handlers' in options)) return options.handleBatch;
  return async (sql, events) => {
    for (const event of events) await options.handlers[event.type]?.(sql, event);
  };
}
