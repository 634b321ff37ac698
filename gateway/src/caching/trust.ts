/**
 * Whether what is cached may be believed: only while the events that would tell of changes are heard. A subgraph that
 * was just asked to change something is not believed for a moment either: its event is on the way.
 */
export interface Trust {
  /** True if all of these subgraphs' events are heard, and none of them was changed just now. */
  holds(sources: readonly string[]): boolean;
  /** Its events are heard up to now, or no longer. */
  heard(source: string, isHeard: boolean): void;
  /** It was asked to change something. */
  doubt(source: string, forMs: number): void;
}

export function createTrust(now: () => number = Date.now): Trust {
  const followed = new Set<string>();
  const doubtedUntil = new Map<string, number>();

  return {
    holds(sources) {
      for (const source of sources) {
        if (!followed.has(source)) return false;
        if (doubtedUntil.size === 0) continue;
        const until = doubtedUntil.get(source);
        if (until === undefined) continue;
        if (until > now()) return false;
        doubtedUntil.delete(source);
      }
      return true;
    },
    heard(source, isHeard) {
      if (isHeard) followed.add(source);
      else followed.delete(source);
    },
    doubt(source, forMs) {
      doubtedUntil.set(source, Math.max(now() + forMs, doubtedUntil.get(source) ?? 0));
    },
  };
}
