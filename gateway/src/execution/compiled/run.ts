import type { CancelSignal } from '@souk/kit/lifecycle';
import type { RequestContext } from '@souk/kit/subgraph';
import type { Escapes } from '../escapes.js';
import type { OperationCall } from '../../operation/operation-call.js';
import type { EntityPool } from './entity-pool.js';
import type { JsonObject } from './json.js';

/** What one execution of a compiled operation knows so far. */
export interface Run {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  readonly signal: CancelSignal;
  readonly call: OperationCall | undefined;
  /** What subgraphs answered, joined. */
  readonly data: JsonObject;
  /** Which characters that JSON must escape may stand in what subgraphs answered. */
  escapes: Escapes;
  /** What subgraphs could not do. Each names its subgraph. */
  readonly errors: unknown[];
  /** Objects that were found at places of the plan, by place. */
  readonly targets: (readonly JsonObject[] | undefined)[];
  /** Entities that were asked for, one pool for each kind of question. */
  readonly pools: (EntityPool | undefined)[];
  /** What comes from a cache although it is expired, because its subgraph is away. */
  stale: StalePart[] | undefined;
}

/** A part of an answer that a subgraph could not say anew. */
export interface StalePart {
  readonly subgraph: string;
  /** Where it stands in the answer: response keys, and `@` for each item. */
  readonly path: string;
  readonly ageSeconds: number;
}

/** One step of a plan, ready to run. It never rejects: failures become errors of the run. */
export type Step = (run: Run) => Promise<void>;
