import type { Logger } from '@souk/kit/log';
import { measuredTransport } from '../metrics/measured-transport.js';
import type { GatewayMetrics } from '../metrics/gateway-metrics.js';
import type { TransportWrapper } from '../plugin.js';
import type { SubgraphAddress, SubgraphTransport, TransportSource } from '../transport/subgraph-transport.js';
import type { Limits } from '../plugins/limits/limits-options.js';
import { SupergraphError } from '../supergraph/supergraph-error.js';
import { buildEngine } from './build-engine.js';
import type { Engine } from './engine.js';

export interface EnginesDeps {
  readonly supergraphSdl: string;
  readonly transports: TransportSource;
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  /** Adds what plugins do around fetches. */
  readonly wrap: TransportWrapper;
  /** How much a document may ask for, by the options in force. */
  readonly limits: () => Limits;
}

/** The engine in force, and how to replace it. */
export interface Engines {
  readonly current: () => Engine;
  /** @throws SupergraphError and changes nothing if the supergraph cannot be used. */
  readonly load: (supergraphSdl: string) => void;
  /** Builds the engine in force anew, with what plugins do around fetches now. @throws SupergraphError */
  readonly rewrap: () => void;
  readonly close: () => Promise<void>;
}

/**
 * Holds the engine in force. Transports outlive a reload as long as the subgraph keeps its name and URL, so that
 * warm connections are not thrown away.
 */
export function createEngines(deps: EnginesDeps): Engines {
  const { supergraphSdl, transports, logger, metrics, wrap, limits } = deps;
  const open = new Map<string, SubgraphTransport>();

  const load = (sdl: string): Engine => {
    const wanted = new Map<string, SubgraphTransport>();
    const engine = buildEngine(sdl, {
      limits: limits(),
      transportFor(subgraph) {
        const key = `${subgraph.name} ${subgraph.url}`;
        const transport = open.get(key) ?? measuredTransport(find(transports, subgraph), metrics);
        wanted.set(key, transport);
        return wrap(transport);
      },
      report: (failure) =>
        logger.error({ ...failure, err: failure.error, error: undefined }, 'operation failed'),
      onPlanLookup: (hit) => metrics.planLookups.inc({ result: hit ? 'hit' : 'miss' }),
    });
    for (const [key, transport] of open) {
      // Calls that started before the reload may still be asking it.
      if (!wanted.has(key)) void closeQuietly(transport, 30_000, logger);
      open.delete(key);
    }
    for (const [key, transport] of wanted) open.set(key, transport);
    return engine;
  };

  let inForce = supergraphSdl;
  let engine = load(inForce);
  return {
    current: () => engine,
    load(sdl) {
      engine = load(sdl);
      inForce = sdl;
    },
    rewrap() {
      engine = load(inForce);
    },
    async close() {
      await Promise.all([...open.values()].map((transport) => closeQuietly(transport, 500, logger)));
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
