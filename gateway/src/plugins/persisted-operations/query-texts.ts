/** Texts by hash, in the memory of this process. */
export interface QueryTexts {
  get(hash: string): string | undefined;
  set(hash: string, query: string): void;
}

/** @param maxSize characters of all texts together; those used longest ago go first */
export function createQueryTexts(maxSize: number): QueryTexts {
  // A Map iterates in insertion order, so re-inserting on each use keeps the oldest first.
  const texts = new Map<string, string>();
  let size = 0;
  const remove = (hash: string): string | undefined => {
    const query = texts.get(hash);
    if (query !== undefined && texts.delete(hash)) size -= hash.length + query.length;
    return query;
  };
  return {
    get(hash) {
      const query = texts.get(hash);
      if (query === undefined) return undefined;
      texts.delete(hash);
      texts.set(hash, query);
      return query;
    },
    set(hash, query) {
      remove(hash);
      texts.set(hash, query);
      size += hash.length + query.length;
      for (const oldest of texts.keys()) {
        if (size <= maxSize) return;
        remove(oldest);
      }
    },
  };
}
