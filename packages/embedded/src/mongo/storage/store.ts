import { randomBytes } from 'node:crypto';
import { MongoError } from '../errors.js';
import type { RawDocument } from '../bson/raw-document.js';
import type { Doc, Value } from '../bson/value.js';
import { Collection } from './collection.js';
import type { IndexSpec } from './index-spec.js';
import type { Journal } from './journal.js';

/** Reads an index definition; passed in, because it needs the query language, which storage does not know. */
export type ParseIndex = (definition: Doc) => IndexSpec;

/** All collections of all databases, in memory. */
export class Store {
  private readonly collections = new Map<string, Collection>();
  private readonly parseIndex: ParseIndex;
  private readonly idSpec: IndexSpec;

  constructor(parseIndex: ParseIndex) {
    this.parseIndex = parseIndex;
    this.idSpec = parseIndex(
      new Map<string, Value>([
        ['v', 2],
        ['key', new Map([['_id', 1]])],
        ['name', '_id_'],
      ]),
    );
  }

  get(namespace: string): Collection | undefined {
    return this.collections.get(namespace);
  }

  all(): Iterable<Collection> {
    return this.collections.values();
  }

  inDatabase(database: string): Collection[] {
    return [...this.collections.values()].filter(({ namespace }) => namespace.startsWith(`${database}.`));
  }

  getOrCreate(namespace: string, journal: Journal): Collection {
    const known = this.collections.get(namespace);
    if (known !== undefined) return known;
    checkNamespace(namespace);
    journal.createCollection(namespace);
    return this.add(namespace);
  }

  drop(namespace: string, journal: Journal): boolean {
    const existed = this.collections.delete(namespace);
    if (existed) journal.drop(namespace);
    return existed;
  }

  /** Takes changes from the log, without checks and without writing them again. */
  replay(): Journal {
    const at = (namespace: string): Collection => this.collections.get(namespace) ?? this.add(namespace);
    return {
      put: (namespace: string, raw: RawDocument) => at(namespace).restore(raw),
      remove: (namespace: string, id: Value) => at(namespace).restoreRemoval(id),
      createCollection: (namespace: string) => void at(namespace),
      createIndex: (namespace: string, definition: Doc) =>
        at(namespace).restoreIndex(this.parseIndex(definition)),
      dropIndex: (namespace: string, name: string) => at(namespace).restoreIndexRemoval(name),
      drop: (namespace: string) => void this.collections.delete(namespace),
    };
  }

  private add(namespace: string): Collection {
    const uuid = randomBytes(16);
    uuid.writeUInt8((uuid.readUInt8(6) & 0x0f) | 0x40, 6);
    uuid.writeUInt8((uuid.readUInt8(8) & 0x3f) | 0x80, 8);
    const collection = new Collection(namespace, uuid, this.idSpec);
    this.collections.set(namespace, collection);
    return collection;
  }
}

const maxNamespaceBytes = 255;

function checkNamespace(namespace: string): void {
  const dot = namespace.indexOf('.');
  const database = namespace.slice(0, dot);
  const collection = namespace.slice(dot + 1);
  const valid =
    /^[^/\\. "$\0]{1,63}$/.test(database) &&
    collection !== '' &&
    !/[$\0]/.test(collection) &&
    !collection.startsWith('.') &&
    !collection.startsWith('system.') &&
    Buffer.byteLength(namespace) <= maxNamespaceBytes;
  if (!valid)
    throw new MongoError('InvalidNamespace', `Invalid namespace specified '${namespace}'; use plain names`);
}
