import type { Caching } from '../caching/caching.js';
import { inTheirTurn } from '../execution/admission.js';
import { createCompiledExecutor } from '../execution/compiled/compiled-executor.js';
import { shareInFlight } from '../execution/share-in-flight.js';
import type { ReportFailure } from '../execution/shape-errors.js';
import type { IsShown } from '../execution/shown-errors.js';
import { createOverrides, type OverridesDeps } from '../planning/overrides/overrides.js';
import type { Planner } from '../planning/planner.js';
import type { Limits } from '../plugins/limits/limits-options.js';
import { type LoadedSupergraph, loadSupergraph } from '../supergraph/load.js';
import type { SubgraphAddress, SubgraphTransport } from '../transport/subgraph-transport.js';
import { createDocumentCache } from './documents.js';
import type { Engine } from './engine.js';

export interface EngineDeps {
  readonly transportFor: (subgraph: SubgraphAddress) => SubgraphTransport;
  readonly report: ReportFailure;
  /** Which errors of subgraphs clients may read as they are. @default those with a code of their own */
  readonly isShown?: IsShown;
  /** Which fields under `@override(label:)` have moved. @default those under `percent(x)` */
  readonly overrides?: OverridesDeps | undefined;
  /** Asked last, when nothing else can fail any more: a planner has a thread. */
  readonly plannerFor: (supergraph: LoadedSupergraph) => Planner;
  /** Most documents in memory. @default 1000 */
  readonly documentLimit?: number | undefined;
  /** Runs equal queries in flight once. @default false */
  readonly sharesInFlight?: boolean | undefined;
  /** What answers are kept. @default undefined: none */
  readonly caching?: Caching | undefined;
  /** How much a document may ask for. */
  readonly limits: Limits;
}

/**
 * Makes everything that depends on the supergraph.
 * @throws SupergraphError if it cannot be loaded, or one of its subgraphs has no transport.
 */
export function buildEngine(supergraphSdl: string, deps: EngineDeps): Engine {
  const supergraph = loadSupergraph(supergraphSdl);
  const transports = new Map(
    supergraph.subgraphs.map((subgraph) => [subgraph.name, deps.transportFor(subgraph)]),
  );
  const kept = deps.documentLimit === undefined ? {} : { limit: deps.documentLimit };
  const executor = inTheirTurn(
    createCompiledExecutor({
      supergraph,
      transports,
      fetchCache: deps.caching?.fetchesOf(supergraph),
      report: deps.report,
      ...(deps.isShown ? { isShown: deps.isShown } : {}),
    }),
  );
  return {
    supergraph,
    transports,
    documents: createDocumentCache(supergraph.api.schema, { limits: deps.limits, ...kept }),
    executor: deps.sharesInFlight ? shareInFlight(executor) : executor,
    overrides: createOverrides(supergraph, deps.overrides ?? {}),
    planner: deps.plannerFor(supergraph),
  };
}
