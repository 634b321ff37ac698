import { type Db, MongoNetworkError, MongoServerSelectionError } from 'mongodb';
import { AppError } from '../errors/app-error.js';
import type { RecordedEvent } from '../events/event.js';
import { notLongApplied } from '../events/remembered.js';
import type { EventSubscription } from '../events/transport.js';
import { backoff } from '../lifecycle/backoff.js';
import { sleep } from '../lifecycle/sleep.js';
import type { Logger } from '../log/logger.js';
import { deadLettersOf, letterId, toRetry } from './dead-letters.js';
import { cursorsOf } from './event-documents.js';

interface CommonOptions {
  readonly database: Db;
  /** The consuming subgraph: the name under which the cursor is kept. Never change it. */
  readonly consumer: string;
  /** The subgraph whose events are wanted. */
  readonly owner: string;
  readonly logger: Logger;
  /** How often an event that fails alone is tried before it becomes a dead letter. @default 5 */
  readonly maxAttempts?: number;
}
type Handling =
  | { readonly handlers: Readonly<Record<string, (event: RecordedEvent) => Promise<void>>> }
  | {
      readonly types: readonly string[];
      /** Gets all events of a batch at once, in order of position, each once. */
      readonly handleBatch: (events: readonly RecordedEvent[]) => Promise<void>;
    };

/** What {@link createMongoConsumer} needs. */
export type MongoConsumerOptions = CommonOptions & Handling;

/** Keeps an event that could not be applied. */
type SetAside = (event: RecordedEvent, error: unknown, attempts: number) => Promise<void>;

const isPassing = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  (error instanceof AppError && error.retryable);

/**
 * A subscription whose effects are stored in MongoDB. The cursor is stored after the effects, so after a crash
 * events come again: a handler must be idempotent, with its memory inside the document it changes. A batch that
 * fails is tried event by event; one that keeps failing goes to `dead_letters` with its error.
 *
 * @example transport.subscribe(createMongoConsumer({ database, consumer: 'inventory', owner: 'orders', handlers: { 'stock.reserve-requested': reserve }, logger }));
 */
export function createMongoConsumer(options: MongoConsumerOptions): EventSubscription {
  const { database, consumer, owner, maxAttempts = 5 } = options;
  const logger = options.logger.child({ consumer, owner });
  const cursors = cursorsOf(database);
  const deadLetters = deadLettersOf(database);
  const handle = handlingOf(options);

  const loadCursor = async (of = owner): Promise<number> =>
    (await cursors.findOne({ _id: `${consumer}:${of}` }))?.position ?? 0;
  const storeCursor = async (position: number): Promise<void> => {
    if (position === 0) return;
    await cursors.updateOne({ _id: `${consumer}:${owner}` }, { $max: { position } }, { upsert: true });
  };
  const bury: SetAside = async (event, error, attempts) => {
    const letter = { event, error: String(error), attempts, failedAt: new Date() };
    await deadLetters.updateOne({ _id: letterId(consumer, event.id) }, { $set: letter }, { upsert: true });
  };
  /** One that another replica has applied meanwhile stays gone. */
  const keepLetter: SetAside = async (event, error, attempts) => {
    const letter = { error: String(error), attempts, failedAt: new Date() };
    await deadLetters.updateOne({ _id: letterId(consumer, event.id), attempts: 0 }, { $set: letter });
  };
  /** @returns false for an event that was set aside */
  const applyAlone = async (event: RecordedEvent, setAside: SetAside): Promise<boolean> => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        await handle([event]);
        return true;
      } catch (error) {
        if (isPassing(error)) throw error;
        if (attempts >= maxAttempts) {
          const { id: eventId, type } = event;
          logger.error({ err: error, eventId, type, attempts }, 'event set aside as a dead letter');
          await setAside(event, error, attempts);
          return false;
        }
        await sleep(backoff(attempts, { minMs: 20, maxMs: 1_000 }));
      }
    }
  };

  return {
    consumer,
    owner,
    types: 'handlers' in options ? Object.keys(options.handlers) : options.types,
    cursor: { load: loadCursor },
    async deliver(batch, upTo) {
      // A document that has forgotten what it applied would apply it again.
      const events = inOrder(await notLongApplied(batch, loadCursor));
      try {
        if (events.length > 0) await handle(events);
        return await storeCursor(upTo);
      } catch (error) {
        if (isPassing(error)) throw error;
        logger.warn({ err: error, events: batch.length }, 'batch failed, trying its events one by one');
      }
      for (const event of events) {
        await applyAlone(event, bury);
        await storeCursor(Math.min(event.position, upTo));
      }
      await storeCursor(upTo);
    },
    async redeliver() {
      const letters = await deadLetters.find(toRetry(consumer, owner)).limit(100).toArray();
      for (const { _id, event } of letters) {
        // Two replicas may both apply it: a handler bears that, as it bears every other repetition.
        if (await applyAlone(event, keepLetter)) await deadLetters.deleteOne({ _id });
      }
      return letters.length;
    },
  };
}

/** Ascending, each event once. */
const inOrder = (batch: readonly RecordedEvent[]): RecordedEvent[] => [
  ...new Map([...batch].sort((a, b) => a.position - b.position).map((event) => [event.id, event])).values(),
];

function handlingOf(options: Handling): (events: readonly RecordedEvent[]) => Promise<void> {
  if (!('handlers' in options)) return options.handleBatch;
  return async (events) => {
    for (const event of events) await options.handlers[event.type]?.(event);
  };
}
