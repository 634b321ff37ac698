import type { RecordedEvent } from './event.js';

const DAY_MS = 24 * 3_600_000;

/**
 * How long a consumer remembers each event that it has applied, in milliseconds. What is older is told by its position:
 * whatever stands at or before the cursor was applied.
 */
export const REMEMBERED_MS = 14 * DAY_MS;

/** A day before it may be forgotten: the clock of its owner may be ahead of ours. */
const TOLD_BY_POSITION_MS = REMEMBERED_MS - DAY_MS;

/**
 * Whether an event may have been applied and forgotten since. Younger ones are told by their ids alone, so that an
 * owner whose positions begin anew, with a new database, is heard.
 */
export const mayBeForgotten = ({ occurredAt }: RecordedEvent, now = Date.now()): boolean =>
  Date.parse(occurredAt) < now - TOLD_BY_POSITION_MS;

/**
 * The events that were not applied long ago.
 *
 * @param loadCursor asked only if there are old ones
 */
export async function notLongApplied(
  events: readonly RecordedEvent[],
  loadCursor: () => Promise<number>,
): Promise<readonly RecordedEvent[]> {
  const old = new Set(events.filter((event) => mayBeForgotten(event)));
  if (old.size === 0) return events;
  const cursor = await loadCursor();
  return events.filter((event) => !old.has(event) || event.position > cursor);
}
