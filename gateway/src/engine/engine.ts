import type { Executor } from '../execution/executor.js';
import type { ApplyOverrides } from '../planning/overrides/overrides.js';
import type { Planner } from '../planning/planner.js';
import type { LoadedSupergraph } from '../supergraph/load.js';
import type { SubgraphTransport } from '../transport/subgraph-transport.js';
import type { DocumentCache } from './documents.js';

/** Everything that belongs to one version of the supergraph. A reload makes a new one; running calls keep theirs. */
export interface Engine {
  readonly supergraph: LoadedSupergraph;
  readonly documents: DocumentCache;
  readonly planner: Planner;
  /** Undefined where no field has a label that may be on. */
  readonly overrides?: ApplyOverrides | undefined;
  readonly executor: Executor;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
}
