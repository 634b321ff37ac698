import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import type { Caching } from '../caching/caching.js';
import { registeredHistogram } from '../metrics/registered.js';
import { measuredTransport } from '../metrics/measured-transport.js';
import type { GatewayMetrics } from '../metrics/gateway-metrics.js';
import type { TransportWrapper } from '../plugin.js';
import type { LoadedSupergraph } from '../supergraph/load.js';
import type { SubgraphAddress, SubgraphTransport, TransportSource } from '../transport/subgraph-transport.js';
import type { Limits } from '../plugins/limits/limits-options.js';
import { SupergraphError } from '../supergraph/supergraph-error.js';
import type { PlanningOptions, SharingOptions } from '../gateway-options.js';
import type { OverrideOptions } from '../planning/overrides/override-options.js';
import { createPlanners } from '../planning/planners.js';
import { type KnownOperation, readManifest, warmUp } from '../planning/warm-up.js';
import { type ErrorsOptions, isShownBy } from '../execution/shown-errors.js';
import { buildEngine } from './build-engine.js';
import type { Engine } from './engine.js';

export interface EnginesDeps {
  readonly supergraphSdl: string;
  readonly transports: TransportSource;
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  /** Adds what plugins do around fetches. */
  readonly wrap: TransportWrapper;
  /** Told of each supergraph that is taken into use. */
  readonly onLoad: (supergraph: LoadedSupergraph) => void;
  /** How much a document may ask for, by the options in force. */
  readonly limits: () => Limits;
  /** Which errors of subgraphs clients may read, by the options in force. */
  readonly errors: () => ErrorsOptions;
  /** Which fields under `@override(label:)` have moved, by the options in force. */
  readonly overrides: () => OverrideOptions;
  /** Where plans are kept that replicas share. */
  readonly kv: Kv;
  /** Where plans are kept, and what is planned ahead. @default {} */
  readonly planning?: PlanningOptions | undefined;
  /** What plans. @default the gateway's own */
  readonly plannerProgram?: URL | undefined;
  /** What equal requests share. @default {}: nothing */
  readonly sharing?: SharingOptions | undefined;
  /** What answers are kept. @default undefined: none */
  readonly caching?: Caching | undefined;
}

/** The engine in force, and how to replace it. */
export interface Engines {
  readonly current: () => Engine;
  /** @throws SupergraphError and changes nothing if the supergraph cannot be used. */
  readonly load: (supergraphSdl: string) => void;
  /** Builds the engine in force anew, with what plugins do around fetches now. @throws SupergraphError */
  readonly rewrap: () => void;
  /** Resolves once the planning thread has ended and what is kept on disk is written. */
  readonly close: () => Promise<void>;
}

/** Operations of the old supergraph that are planned for a new one before the client's own list. */
const RECENT = 200;

/**
 * Holds the engine in force. Transports outlive a reload as long as the subgraph keeps its name and URL, so that
 * warm connections are not thrown away.
 */
export function createEngines(deps: EnginesDeps): Engines {
  const { supergraphSdl, transports, logger, metrics, wrap, onLoad, limits, kv, planning = {} } = deps;
  const open = new Map<string, SubgraphTransport>();
  const planHits = metrics.cacheLookups.labels({ cache: 'plan', result: 'hit' });
  const planMisses = metrics.cacheLookups.labels({ cache: 'plan', result: 'miss' });
  const planSeconds = registeredHistogram(metrics.registry, {
    name: 'souk_gateway_planning_duration_seconds',
    help: 'Time from asking for a plan that is not known to having it: ok, timeout, or failed.',
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  const planners = createPlanners({
    options: planning,
    program: deps.plannerProgram,
    kv,
    logger,
    onLookup: (hit) => (hit ? planHits : planMisses).inc(),
    onPlanned: (seconds, outcome) => planSeconds.observe({ outcome }, seconds),
  });

  const warm = async (fresh: Engine, before: readonly KnownOperation[]): Promise<void> => {
    const listed = planning.manifest === undefined ? [] : await readManifest(planning.manifest);
    await warmUp(
      fresh,
      [...before.slice(-RECENT).reverse(), ...listed],
      () => engine === fresh && !isClosed,
      logger,
    );
  };
  /** In the background: the first requests plan for themselves, as they would have to anyway. */
  const startWarmUp = (fresh: Engine, before: readonly KnownOperation[] = []): void => {
    warm(fresh, before).catch((error: unknown) => logger.warn({ err: error }, 'nothing is planned ahead'));
  };

  const load = (sdl: string): Engine => {
    const wanted = new Map<string, SubgraphTransport>();
    const engine = buildEngine(sdl, {
      limits: limits(),
      documentLimit: planning.limit,
      sharesInFlight: deps.sharing?.inFlight,
      caching: deps.caching,
      transportFor(subgraph) {
        const key = `${subgraph.name} ${subgraph.url}`;
        const transport = open.get(key) ?? measuredTransport(find(transports, subgraph), metrics);
        wanted.set(key, transport);
        return wrap(transport);
      },
      isShown: isShownBy(deps.errors()),
      report: (failure) =>
        logger.error({ ...failure, err: failure.error, error: undefined }, 'operation failed'),
      overrides: {
        ...deps.overrides(),
        onUnknown: (labels) =>
          logger.warn(
            { labels },
            'options name labels that no @override of the supergraph has; correct overrides.labels',
          ),
      },
      plannerFor(supergraph) {
        onLoad(supergraph);
        return planners.of(supergraph);
      },
    });
    for (const [key, transport] of open) {
      // Calls that started before the reload may still be asking it.
      if (!wanted.has(key)) void closeQuietly(transport, 30_000, logger);
      open.delete(key);
    }
    for (const [key, transport] of wanted) open.set(key, transport);
    return engine;
  };

  let isClosed = false;
  let inForce = supergraphSdl;
  let engine = load(inForce);
  deps.caching?.use(engine.supergraph);
  startWarmUp(engine);
  const replace = (sdl: string): void => {
    const before = engine.documents.recent();
    engine = load(sdl);
    deps.caching?.use(engine.supergraph);
    inForce = sdl;
    startWarmUp(engine, before);
  };
  return {
    current: () => engine,
    load: replace,
    rewrap: () => replace(inForce),
    async close() {
      isClosed = true;
      await Promise.all([
        planners.close(),
        ...[...open.values()].map((transport) => closeQuietly(transport, 500, logger)),
      ]);
    },
  };
}

function find(source: TransportSource, subgraph: SubgraphAddress): SubgraphTransport {
  const transport = typeof source === 'function' ? source(subgraph) : source.get(subgraph.name);
  if (transport) return transport;
  throw new SupergraphError('The supergraph', [
    `The subgraph "${subgraph.name}" has no transport. Pass one under this name to createGateway.`,
  ]);
}

const closeQuietly = async (transport: SubgraphTransport, graceMs: number, logger: Logger): Promise<void> =>
  transport
    .close(graceMs)
    .catch((error: unknown) =>
      logger.warn({ err: error, subgraph: transport.name }, 'transport did not close'),
    );
