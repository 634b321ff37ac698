import { coordinateOf } from './tagged-store.js';

/**
 * Remembers what changed lately, so that an answer that was on its way meanwhile is not kept: its subgraph may have
 * read before the change.
 */
export interface RecentChanges {
  /** Takes in a change of one thing, or of all things of a coordinate. */
  note(coordinate: string, id?: string): void;
  /** Whether any of it changed since a moment, or shortly before it. @param since as from `now` */
  changed(tags: readonly string[], since: number): boolean;
  now(): number;
}

export interface RecentChangesOptions {
  /**
   * How long after a change subgraphs may still answer what was before (an index or a replica that follows), in
   * milliseconds: what is asked for in this time is not kept.
   */
  readonly settleMs: number;
  /** For how long a change is remembered, in milliseconds: an answer that took longer is never kept. @default 60000 */
  readonly memoryMs?: number;
  /** A clock that never goes back, in milliseconds. @default performance.now */
  readonly now?: () => number;
}

export function createRecentChanges(options: RecentChangesOptions): RecentChanges {
  const { settleMs, memoryMs = 60_000, now = () => performance.now() } = options;
  // In the order of time, since what changes again moves to the end.
  const changes = new Map<string, number>();
  const forget = (before: number): void => {
    for (const [tag, at] of changes) {
      if (at >= before) return;
      changes.delete(tag);
    }
  };
  const put = (tag: string, at: number): void => {
    changes.delete(tag);
    changes.set(tag, at);
  };

  return {
    now,
    note(coordinate, id) {
      const at = now();
      forget(at - memoryMs - settleMs);
      put(ANY + coordinate, at);
      put(id === undefined ? ALL + coordinate : `${coordinate}:${id}`, at);
    },
    changed(tags, since) {
      if (now() - since > memoryMs) return true;
      const from = since - settleMs;
      const isRecent = (tag: string): boolean => (changes.get(tag) ?? -Infinity) >= from;
      return tags.some((tag) => {
        const coordinate = coordinateOf(tag);
        // What depends on any of them depends on each; what depends on one depends on what is said of all.
        return coordinate === tag ? isRecent(ANY + tag) : isRecent(tag) || isRecent(ALL + coordinate);
      });
    },
  };
}

// No GraphQL name begins like these.
const ANY = 'any ';
const ALL = 'all ';
