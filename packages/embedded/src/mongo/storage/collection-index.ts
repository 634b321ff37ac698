import { MongoError } from '../errors.js';
import { inverted } from '../bson/order-key.js';
import type { FieldSource } from '../bson/value.js';
import { keysAt } from '../query/sort.js';
import { walkPath, type Path } from '../query/path.js';
import type { IndexSpec } from './index-spec.js';
import { SortedList, type Sortable } from './sorted-list.js';
import type { StoredDocument } from './stored-document.js';

export interface IndexItem extends Sortable {
  readonly document: StoredDocument;
}

/** The most keys one document may have in one index; more is a mistake in the data. */
const maxKeysPerDocument = 10_000;

/**
 * An ordered index. It is built when it is first needed, so that opening a large data folder costs only the reading of
 * its log.
 */
export class CollectionIndex {
  readonly spec: IndexSpec;
  /** The fields where any document had an array; they give no sort order, and two conditions on them no intersection. */
  readonly multikey = new Set<string>();
  private list: SortedList<IndexItem> | undefined;
  private readonly documents: () => Iterable<StoredDocument>;

  constructor(spec: IndexSpec, documents: () => Iterable<StoredDocument>) {
    this.spec = spec;
    this.documents = documents;
  }

  /** The items in key order. */
  get items(): SortedList<IndexItem> {
    this.list ??= this.build();
    return this.list;
  }

  /** The keys a document has in this index; none when a sparse or partial index leaves it out. */
  keysOf(source: FieldSource): string[] {
    const { fields, sparse, partial } = this.spec;
    if (partial !== undefined && !partial.matches(source)) return [];
    if (sparse && fields.every((field) => !isPresent(source, field.path))) return [];
    let keys: string[] = [''];
    let arrays = 0;
    for (const { path, name, descending } of fields) {
      const found = keysAt(source, path);
      if (passesArray(source, path)) {
        arrays += 1;
        this.multikey.add(name);
      }
      const parts = descending ? found.map(inverted) : found;
      const [only] = parts;
      keys = parts.length === 1 && only !== undefined ? keys.map((key) => key + only) : product(keys, parts);
    }
    if (arrays > 1) {
      throw new MongoError(
        'CannotIndexParallelArrays',
        `cannot index parallel arrays in index ${this.spec.name}`,
      );
    }
    if (keys.length > maxKeysPerDocument) {
      throw new MongoError(
        'CannotCreateIndex',
        `a document has more than ${maxKeysPerDocument} keys in one index`,
      );
    }
    return keys;
  }

  /** Takes a document in. An index that is not built yet will find it when it is. */
  add(document: StoredDocument, keys: readonly string[]): void {
    for (const key of keys) this.list?.add({ key, tie: document.number, document });
  }

  remove(document: StoredDocument, keys: readonly string[]): void {
    for (const key of keys) this.list?.remove(key, document.number);
  }

  /** A document other than `except` that holds one of the keys. */
  holder(keys: readonly string[], except: StoredDocument | undefined): StoredDocument | undefined {
    for (const key of keys) {
      for (const item of this.items.ascending(key, `${key}\0`)) {
        if (item.document !== except) return item.document;
      }
    }
    return undefined;
  }

  private build(): SortedList<IndexItem> {
    const items: IndexItem[] = [];
    for (const document of this.documents()) {
      for (const key of this.keysOf(document.raw)) items.push({ key, tie: document.number, document });
    }
    return SortedList.from(items);
  }
}

function product(left: readonly string[], right: readonly string[]): string[] {
  return left.flatMap((a) => right.map((b) => a + b));
}

function isPresent(source: FieldSource, path: Path): boolean {
  return walkPath(source, path, 'whole', (value) => value !== undefined);
}

/** Whether an array lies on the path or at its end. */
function passesArray(source: FieldSource, path: Path): boolean {
  let value = source.get(path[0] ?? '');
  for (let depth = 1; depth < path.length && value instanceof Map; depth += 1)
    value = value.get(path[depth] ?? '');
  return Array.isArray(value);
}
