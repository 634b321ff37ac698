/** Something that is kept, and when it stops being good. Times are milliseconds since 1970. */
export interface Kept<Value> {
  readonly value: Value;
  readonly storedAt: number;
  /** From then on it is expired. */
  readonly expiresAt: number;
  /** Until then it may still stand in for an answer that cannot be had. */
  readonly staleUntil: number;
  readonly tags: readonly string[];
  /** What it takes up, in bytes, as far as that can be known. */
  readonly bytes: number;
}

/** The first level of a cache: in memory, bounded by size, dropped by tag. */
export interface TaggedStore<Value> {
  /** Expired ones too, until their time as a stand-in is over. */
  get(key: string): Kept<Value> | undefined;
  set(key: string, kept: Kept<Value>): void;
  delete(key: string): void;
  /**
   * Drops what depends on a thing. @param id without it: on any thing of this coordinate
   * @returns how many were dropped
   */
  invalidate(coordinate: string, id?: string): number;
  /** Ends what depends on anything of a coordinate; it may still stand in. */
  expire(coordinate: string): void;
  clear(): void;
  readonly size: number;
  readonly bytes: number;
}

/** What an entry costs besides its value: the maps' own entries, roughly. */
const ENTRY_BYTES = 200;
const TAG_BYTES = 80;

export interface TaggedStoreOptions {
  /** What all entries together may take up, in bytes: beyond it, what was used longest ago goes. */
  readonly maxBytes: number;
  /** @default Date.now */
  readonly now?: () => number;
}

/** @example const store = createTaggedStore<string>({ maxBytes: 64 * 1024 * 1024 }); */
export function createTaggedStore<Value>({
  maxBytes,
  now = Date.now,
}: TaggedStoreOptions): TaggedStore<Value> {
  // A Map iterates in the order of insertion: putting back at each use keeps the oldest first.
  const entries = new Map<string, Kept<Value>>();
  const byTag = new Map<string, Set<string>>();
  /** The tags that are in use of a coordinate: `Product` has `Product`, `Product:p1` … */
  const tagsOf = new Map<string, Set<string>>();
  let bytes = 0;

  const costOf = (key: string, kept: Kept<Value>): number =>
    kept.bytes + key.length + ENTRY_BYTES + kept.tags.length * TAG_BYTES;

  const remove = (key: string, kept: Kept<Value>): void => {
    entries.delete(key);
    bytes -= costOf(key, kept);
    for (const tag of kept.tags) {
      const keys = byTag.get(tag);
      keys?.delete(key);
      if (keys?.size !== 0) continue;
      byTag.delete(tag);
      const coordinate = coordinateOf(tag);
      const tags = tagsOf.get(coordinate);
      tags?.delete(tag);
      if (tags?.size === 0) tagsOf.delete(coordinate);
    }
  };
  const drop = (tag: string): number => {
    const keys = [...(byTag.get(tag) ?? [])];
    for (const key of keys) {
      const kept = entries.get(key);
      if (kept) remove(key, kept);
    }
    return keys.length;
  };

  return {
    get size() {
      return entries.size;
    },
    get bytes() {
      return bytes;
    },
    get(key) {
      const kept = entries.get(key);
      if (kept === undefined) return undefined;
      if (kept.staleUntil <= now()) {
        remove(key, kept);
        return undefined;
      }
      entries.delete(key);
      entries.set(key, kept);
      return kept;
    },
    set(key, kept) {
      const before = entries.get(key);
      if (before) remove(key, before);
      const cost = costOf(key, kept);
      // One that would push out a good part of the others is not worth it.
      if (cost > maxBytes / 8) return;
      entries.set(key, kept);
      bytes += cost;
      for (const tag of kept.tags) {
        add(byTag, tag, key);
        add(tagsOf, coordinateOf(tag), tag);
      }
      for (const [oldest, its] of entries) {
        if (bytes <= maxBytes) break;
        remove(oldest, its);
      }
    },
    delete(key) {
      const kept = entries.get(key);
      if (kept) remove(key, kept);
    },
    invalidate(coordinate, id) {
      if (id !== undefined) return drop(coordinate) + drop(`${coordinate}:${id}`);
      let dropped = 0;
      for (const tag of [...(tagsOf.get(coordinate) ?? [])]) dropped += drop(tag);
      return dropped;
    },
    expire(coordinate) {
      const at = now();
      for (const tag of tagsOf.get(coordinate) ?? []) {
        for (const key of byTag.get(tag) ?? []) {
          const kept = entries.get(key);
          if (kept && kept.expiresAt > at) entries.set(key, { ...kept, expiresAt: at });
        }
      }
    },
    clear() {
      entries.clear();
      byTag.clear();
      tagsOf.clear();
      bytes = 0;
    },
  };
}

/** `Product:p1` is of `Product`. Names of types and fields hold no colon. */
export const coordinateOf = (tag: string): string => {
  const end = tag.indexOf(':');
  return end < 0 ? tag : tag.slice(0, end);
};

function add(index: Map<string, Set<string>>, name: string, member: string): void {
  const members = index.get(name);
  if (members) members.add(member);
  else index.set(name, new Set([member]));
}
