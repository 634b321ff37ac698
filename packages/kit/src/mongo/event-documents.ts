import type { Collection, Db } from 'mongodb';
import type { RecordedEvent } from '../events/event.js';
import { ensureIndexes } from './ensure-indexes.js';
import { pendingEventsIndex } from './pending-events.js';

/** An event in the collection `events`: its id is the document's, so it cannot be there twice. */
export interface EventDocument extends Omit<RecordedEvent, 'id'> {
  readonly _id: string;
}

/** Where a consumer stands: `_id` is `<consumer>:<owner>`. */
export interface CursorDocument {
  readonly _id: string;
  readonly position: number;
}

export const eventsOf = (database: Db): Collection<EventDocument> =>
  database.collection<EventDocument>('events');
export const cursorsOf = (database: Db): Collection<CursorDocument> =>
  database.collection<CursorDocument>('cursors');

export function toDocument({ id, ...rest }: RecordedEvent): EventDocument {
  return { _id: id, ...rest };
}

export function fromDocument({ _id, ...rest }: EventDocument): RecordedEvent {
  return { id: _id, ...rest };
}

/**
 * Creates the indexes that log and relay stand on. Idempotent; part of a subgraph's `prepare`.
 *
 * @param collections those whose documents carry pending events
 * @example await prepareEvents(mongo.database, ['stock_items', 'order_reservations']);
 */
export async function prepareEvents(database: Db, collections: readonly string[]): Promise<void> {
  await ensureIndexes(database, {
    events: [{ key: { position: 1 }, name: 'position', unique: true }],
    ...Object.fromEntries(collections.map((name) => [name, [pendingEventsIndex]])),
  });
}
