import type { Doc, FieldSource } from '../bson/value.js';
import type { Filter } from '../query/filter.js';
import type { SortField } from '../query/sort.js';

/** What an index is, read from `createIndexes` and checked against the subset. */
export interface IndexSpec {
  readonly name: string;
  readonly fields: readonly SortField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial:
    { readonly filter: Filter; readonly matches: (source: FieldSource) => boolean } | undefined;
  /** The specification as `listIndexes` gives it back. */
  readonly definition: Doc;
}
