/** Something that sorts by a key, and among equal keys by a number. */
export interface Sortable {
  readonly key: string;
  readonly tie: number;
}

const chunkSize = 512;

/**
 * Items in order, kept in chunks: inserting and removing move at most one chunk's items, finding is two binary
 * searches, and walking from a key in either direction is a plain loop.
 */
export class SortedList<T extends Sortable> {
  private chunks: T[][] = [];

  /** Replaces everything; much faster than adding one by one. */
  static from<T extends Sortable>(items: T[]): SortedList<T> {
    const list = new SortedList<T>();
    items.sort(order);
    for (let at = 0; at < items.length; at += chunkSize) list.chunks.push(items.slice(at, at + chunkSize));
    return list;
  }

  add(item: T): void {
    const chunk = this.chunks[this.chunkFor(item.key, item.tie)] ?? this.chunks.at(-1);
    if (chunk === undefined) {
      this.chunks.push([item]);
      return;
    }
    chunk.splice(position(chunk, item.key, item.tie), 0, item);
    if (chunk.length > chunkSize * 2) {
      this.chunks.splice(this.chunks.indexOf(chunk) + 1, 0, chunk.splice(chunkSize));
    }
  }

  remove(key: string, tie: number): void {
    const index = this.chunkFor(key, tie);
    const chunk = this.chunks[index];
    if (chunk === undefined) return;
    const at = position(chunk, key, tie);
    const found = chunk[at];
    if (found === undefined || found.key !== key || found.tie !== tie) return;
    chunk.splice(at, 1);
    if (chunk.length === 0) this.chunks.splice(index, 1);
  }

  /** Items with `from <= key < to`, in order. */
  *ascending(from: string, to: string): Generator<T> {
    let index = this.chunkFor(from, -1);
    let at = position(this.chunks[index] ?? [], from, -1);
    for (; index < this.chunks.length; index += 1, at = 0) {
      const chunk = this.chunks[index] ?? [];
      for (; at < chunk.length; at += 1) {
        const item = chunk[at];
        if (item === undefined || item.key >= to) return;
        yield item;
      }
    }
  }

  /** Items with `from <= key < to`, last one first. */
  *descending(from: string, to: string): Generator<T> {
    let index = this.chunkFor(to, -1);
    let at = position(this.chunks[index] ?? [], to, -1) - 1;
    for (; index >= 0; index -= 1, at = (this.chunks[index]?.length ?? 0) - 1) {
      const chunk = this.chunks[index] ?? [];
      for (; at >= 0; at -= 1) {
        const item = chunk[at];
        if (item === undefined || item.key < from) return;
        yield item;
      }
    }
  }

  /** How many items have `from <= key < to`, without walking them. */
  count(from: string, to: string): number {
    if (from >= to) return 0;
    const [first, firstAt] = this.locate(from);
    const [last, lastAt] = this.locate(to);
    if (first === last) return lastAt - firstAt;
    let count = (this.chunks[first]?.length ?? 0) - firstAt + lastAt;
    for (let index = first + 1; index < last; index += 1) count += this.chunks[index]?.length ?? 0;
    return count;
  }

  first(from: string, to: string): T | undefined {
    const [index, at] = this.locate(from);
    const item = this.chunks[index]?.[at];
    return item !== undefined && item.key < to ? item : undefined;
  }

  private locate(key: string): [chunk: number, at: number] {
    const index = this.chunkFor(key, -1);
    return [index, position(this.chunks[index] ?? [], key, -1)];
  }

  /** The first chunk whose last item is not before the place asked for. */
  private chunkFor(key: string, tie: number): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const last = this.chunks[middle]?.at(-1);
      if (last !== undefined && before(last, key, tie)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function before(item: Sortable, key: string, tie: number): boolean {
  return item.key < key || (item.key === key && item.tie < tie);
}

function position(chunk: readonly Sortable[], key: string, tie: number): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = chunk[middle];
    if (item !== undefined && before(item, key, tie)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function order(a: Sortable, b: Sortable): number {
  if (a.key < b.key) return -1;
  return a.key > b.key ? 1 : a.tie - b.tie;
}
