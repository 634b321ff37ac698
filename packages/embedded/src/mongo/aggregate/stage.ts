import type { Value } from '../bson/value.js';
import type { Collection } from '../storage/collection.js';
import type { Item } from './scope.js';

/** What stages may reach besides the documents that come to them. */
export interface PipelineContext {
  readonly now: Date;
  /** A collection of the same database. */
  readonly collection: (name: string) => Collection | undefined;
}

/** A compiled stage: documents in, documents out. */
export type Stage = (items: readonly Item[], context: PipelineContext) => readonly Item[];

/** Makes a stage from its specification; `compile` is for pipelines inside it. */
export type StageFactory = (spec: Value, compile: (pipeline: Value) => Stage) => Stage;
