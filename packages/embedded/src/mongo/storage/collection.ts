import { MongoError } from '../errors.js';
import { orderKey } from '../bson/order-key.js';
import type { RawDocument } from '../bson/raw-document.js';
import type { Value } from '../bson/value.js';
import { CollectionIndex } from './collection-index.js';
import { duplicateKey } from './duplicate-key.js';
import type { IndexSpec } from './index-spec.js';
import type { Journal } from './journal.js';
import type { StoredDocument } from './stored-document.js';

export const idIndexName = '_id_';

/** The documents of one namespace and their indexes. All changes go through here and are told to the journal. */
export class Collection {
  readonly namespace: string;
  readonly uuid: Buffer;
  private readonly stored = new Map<string, StoredDocument>();
  private readonly idIndex: CollectionIndex;
  private readonly secondary = new Map<string, CollectionIndex>();
  private nextNumber = 1;

  constructor(namespace: string, uuid: Buffer, idSpec: IndexSpec) {
    this.namespace = namespace;
    this.uuid = uuid;
    this.idIndex = new CollectionIndex(idSpec, () => this.stored.values());
  }

  get size(): number {
    return this.stored.size;
  }

  /** All documents in the order of insertion. */
  documents(): Iterable<StoredDocument> {
    return this.stored.values();
  }

  byIdKey(key: string): StoredDocument | undefined {
    return this.stored.get(key);
  }

  /** Every index, that of `_id` first. */
  queryIndexes(): CollectionIndex[] {
    return [this.idIndex, ...this.secondary.values()];
  }

  indexNamed(name: string): CollectionIndex | undefined {
    return name === idIndexName ? this.idIndex : this.secondary.get(name);
  }

  /** @throws MongoError DuplicateKey when a unique index, or `_id`, forbids it; nothing is changed then */
  insert(raw: RawDocument, journal: Journal): void {
    const idKey = orderKey(idOf(raw));
    if (this.stored.has(idKey)) throw duplicateKey(this.namespace, this.idIndex.spec, raw);
    const keys = this.keysFor(raw, undefined);
    const document = { number: this.nextNumber++, idKey, raw };
    this.stored.set(idKey, document);
    this.idIndex.add(document, [idKey]);
    for (const [index, own] of keys) index.add(document, own);
    journal.put(this.namespace, raw);
  }

  /** Exchanges a document's content; its `_id` must be the same. */
  replace(document: StoredDocument, raw: RawDocument, journal: Journal): void {
    const before = [...this.secondary.values()].map((index) => [index, index.keysOf(document.raw)] as const);
    const keys = this.keysFor(raw, document);
    for (const [index, old] of before) {
      const next = keys.get(index) ?? [];
      if (old.length === next.length && old.every((key, at) => key === next[at])) continue;
      index.remove(document, old);
      index.add(document, next);
    }
    document.raw = raw;
    journal.put(this.namespace, raw);
  }

  remove(document: StoredDocument, journal: Journal): void {
    for (const index of this.secondary.values()) index.remove(document, index.keysOf(document.raw));
    this.idIndex.remove(document, [document.idKey]);
    this.stored.delete(document.idKey);
    journal.remove(this.namespace, idOf(document.raw));
  }

  /** @throws MongoError DuplicateKey when documents are already there that the index forbids */
  createIndex(spec: IndexSpec, journal: Journal): void {
    const index = new CollectionIndex(spec, () => this.stored.values());
    if (spec.unique) this.refuseDuplicates(index);
    else for (const document of this.stored.values()) index.keysOf(document.raw); // may refuse parallel arrays
    this.secondary.set(spec.name, index);
    journal.createIndex(this.namespace, spec.definition);
  }

  dropIndex(name: string, journal: Journal): void {
    this.secondary.delete(name);
    journal.dropIndex(this.namespace, name);
  }

  /** Takes a document from the log: no checks, they were made when it was written. */
  restore(raw: RawDocument): void {
    const idKey = orderKey(idOf(raw));
    const known = this.stored.get(idKey);
    if (known === undefined) this.stored.set(idKey, { number: this.nextNumber++, idKey, raw });
    else known.raw = raw;
  }

  restoreRemoval(id: Value): void {
    this.stored.delete(orderKey(id));
  }

  restoreIndex(spec: IndexSpec): void {
    this.secondary.set(spec.name, new CollectionIndex(spec, () => this.stored.values()));
  }

  restoreIndexRemoval(name: string): void {
    this.secondary.delete(name);
  }

  private keysFor(raw: RawDocument, self: StoredDocument | undefined): Map<CollectionIndex, string[]> {
    const keys = new Map<CollectionIndex, string[]>();
    for (const index of this.secondary.values()) {
      const own = index.keysOf(raw);
      if (index.spec.unique && index.holder(own, self) !== undefined)
        throw duplicateKey(this.namespace, index.spec, raw);
      keys.set(index, own);
    }
    return keys;
  }

  private refuseDuplicates(index: CollectionIndex): void {
    let previous: string | undefined;
    for (const item of index.items.ascending('', '\uffff')) {
      if (item.key === previous) throw duplicateKey(this.namespace, index.spec, item.document.raw);
      previous = item.key;
    }
  }
}

/** The `_id` of a stored document, which every one has. */
export function idOf(raw: RawDocument): Value {
  const id = raw.get('_id');
  if (id === undefined) throw new MongoError('InternalError', 'a stored document has no _id');
  return id;
}
