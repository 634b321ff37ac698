import type { RawDocument } from '../bson/raw-document.js';
import type { Doc, Value } from '../bson/value.js';

/**
 * Told about every change while a command makes it. The changes of one command become one record of the log, so that
 * after a crash a command is there whole or not at all.
 */
export interface Journal {
  put(namespace: string, raw: RawDocument): void;
  remove(namespace: string, id: Value): void;
  createCollection(namespace: string): void;
  createIndex(namespace: string, definition: Doc): void;
  dropIndex(namespace: string, name: string): void;
  drop(namespace: string): void;
}
