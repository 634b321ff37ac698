import type { RecordedEvent } from './event.js';

/** The newest events of a log as its relay has put them there: readers that keep up need no database. */
export interface LogTail {
  /** Takes in what the relay has just appended, in order. Behind a gap (another replica's relay) it begins anew. */
  append(events: readonly RecordedEvent[]): void;
  /**
   * What comes right behind `after`, oldest first.
   *
   * @param head how far the log is known to go: a page that ends before it would not be whole
   * @returns nothing if the database has to be asked
   */
  read(after: number, limit: number, head: number): readonly RecordedEvent[];
  /** Knows nothing any more: nobody keeps it up. */
  clear(): void;
}

/**
 * @param size most events that are remembered @default 1_000
 * @example const tail = createLogTail(); tail.append(relayed); const events = tail.read(after, 500, watch.head());
 */
export function createLogTail(size = 1_000): LogTail {
  let known: RecordedEvent[] = [];
  return {
    append(events) {
      for (const event of events) {
        if (event.position !== (known.at(-1)?.position ?? 0) + 1) known = [];
        known.push(event);
      }
      if (known.length > size) known = known.slice(-size);
    },
    read(after, limit, head) {
      const [oldest] = known;
      if (!oldest || after + 1 < oldest.position) return [];
      const from = after + 1 - oldest.position;
      const page = known.slice(from, from + limit);
      const isWhole = page.length === limit || (page.at(-1)?.position ?? after) >= head;
      return isWhole ? page : [];
    },
    clear() {
      known = [];
    },
  };
}
