import type { ClientSession, Db } from 'mongodb';
import type { Marks } from '../manifest.js';

/** The collection of a service's event log, and the one of what it has read. */
export const EVENTS = 'events';
const CURSORS = 'cursors';

export async function readMongoMarks(database: Db, session?: ClientSession): Promise<Marks> {
  const options = session ? { session } : {};
  const last = await database
    .collection<{ position: number }>(EVENTS)
    .find({}, { ...options, projection: { position: 1 } })
    .sort({ position: -1 })
    .limit(1)
    .next();
  const cursors = await database
    .collection<{ _id: string; position: number }>(CURSORS)
    .find({}, options)
    .sort({ _id: 1 })
    .toArray();
  return {
    head: last?.position ?? 0,
    cursors: cursors.map(({ _id, position }) => {
      const colon = _id.lastIndexOf(':');
      return { consumer: _id.slice(0, colon), owner: _id.slice(colon + 1), position };
    }),
  };
}
