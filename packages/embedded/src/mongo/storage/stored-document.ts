import type { RawDocument } from '../bson/raw-document.js';

/** The place of one document in a collection. It stays when the document is updated; only `raw` is exchanged. */
export interface StoredDocument {
  /** Grows with every insert: the natural order, and the order among equal index keys. */
  readonly number: number;
  /** The order key of `_id`. */
  readonly idKey: string;
  raw: RawDocument;
}
