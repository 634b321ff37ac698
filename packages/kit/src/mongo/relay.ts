import type { AnyBulkWriteOperation, Collection, Db } from 'mongodb';
import type { RecordedEvent } from '../events/event.js';
import { appendToLog } from './append.js';
import { type EventDocument } from './event-documents.js';
import type { PendingEvents } from './pending-events.js';

/** Documents taken at once from one collection. */
const PORTION = 200;

interface Carrier extends PendingEvents {
  readonly _id: string;
}

/**
 * Moves the pending events of up to 200 documents of each collection into the log. A crash between the two steps
 * leaves events both in the log and in their document; the next run finds them in the log and only takes them out.
 *
 * @returns the log's head, what was appended to it, and whether there may be more to move
 */
export async function relayPending(
  database: Db,
  log: Collection<EventDocument>,
  collections: readonly string[],
  head: number,
): Promise<{ head: number; appended: readonly RecordedEvent[]; more: boolean }> {
  const moved: RecordedEvent[] = [];
  let last = head;
  let more = false;
  for (const name of collections) {
    const carriers = database.collection<Carrier>(name);
    const found = await carriers
      .find({ unrelayed: true }, { projection: { pending: 1 } })
      .limit(PORTION)
      .toArray();
    if (found.length === 0) continue;
    const pending = found.flatMap((carrier) => carrier.pending ?? []);
    const appended = await appendToLog(log, pending, last);
    last = appended.head;
    moved.push(...appended.appended);
    const cleared = await carriers.bulkWrite(found.map(clear), { ordered: false });
    if (cleared.matchedCount < found.length)
      await carriers.bulkWrite(found.flatMap(takeOut), { ordered: true });
    more ||= found.length === PORTION;
  }
  return { head: last, appended: moved, more };
}

/** The usual case, in one write: `pending` is still what was read. Ids are unique, so its two ends and its length tell. */
function clear({ _id, pending = [] }: Carrier): AnyBulkWriteOperation<Carrier> {
  const [first, last] = [pending[0], pending.at(-1)];
  const unchanged = {
    ...(first && { 'pending.0.id': first.id }),
    ...(last && { [`pending.${pending.length - 1}.id`]: last.id }),
    [`pending.${pending.length}`]: { $exists: false },
  };
  return {
    updateOne: {
      filter: { _id, ...unchanged },
      update: { $set: { pending: [] }, $unset: { unrelayed: '' } },
    },
  };
}

/** Events pushed since the document was read stay in it, and so does the mark. */
function takeOut({ _id, pending = [] }: Carrier): AnyBulkWriteOperation<Carrier>[] {
  return [
    {
      updateOne: {
        filter: { _id },
        update: { $pull: { pending: { id: { $in: pending.map((event) => event.id) } } } },
      },
    },
    {
      updateOne: { filter: { _id, 'pending.0': { $exists: false } }, update: { $unset: { unrelayed: '' } } },
    },
  ];
}
