import { type Collection, MongoServerError } from 'mongodb';
import type { DomainEvent, RecordedEvent } from '../events/event.js';
import { type EventDocument, toDocument } from './event-documents.js';

const DUPLICATE_KEY = 11_000;

/** True if a write was refused by a unique index. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/** The highest position in the log, 0 if it is empty. */
export async function readHead(log: Collection<EventDocument>): Promise<number> {
  const last = await log
    .find({}, { projection: { position: 1 } })
    .sort({ position: -1 })
    .limit(1)
    .next();
  return last?.position ?? 0;
}

/**
 * Appends events behind `head`.
 *
 * Positions have no gaps although several relays may append at once, because position n is only ever inserted by
 * somebody who has inserted n - 1 or has seen it: the unique index lets one relay win each position, the insert is
 * ordered, and the loser stops there, looks at the log and goes on behind it. An event that is already in the log
 * (its relay ended before it could take it out of its document) is left out.
 *
 * @returns the new head, and what was appended as far as nobody else came between
 */
export async function appendToLog(
  log: Collection<EventDocument>,
  events: readonly DomainEvent[],
  head: number,
): Promise<{ head: number; appended: readonly RecordedEvent[] }> {
  let rest = [...new Map(events.map((event) => [event.id, event])).values()];
  let last = head;
  while (rest.length > 0) {
    const first = last + 1;
    const recorded = rest.map((event, index) => ({ ...event, position: first + index }));
    try {
      await log.insertMany(recorded.map(toDocument), { ordered: true });
      return { head: last + rest.length, appended: recorded };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const ids = rest.map((event) => event.id);
      const there = await log.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
      const known = new Set(there.map((document) => document._id));
      rest = rest.filter((event) => !known.has(event.id));
      last = await readHead(log);
    }
  }
  return { head: last, appended: [] };
}
