import type { Logger } from '@souk/kit/log';
import type { GatewayConfig } from '../config.js';
import type { SubgraphOptions } from '../gateway-options.js';
import { replicatedTransport } from './replicas/replicated-transport.js';
import type { SubgraphAddress, SubgraphTransport } from './subgraph-transport.js';

/** What the environment says about subgraphs. */
export type SubgraphSettings = Pick<
  GatewayConfig,
  'SUBGRAPH_URLS' | 'SUBGRAPH_TIMEOUT_MS' | 'SUBGRAPH_READY_PATH' | 'SOUK_INTERNAL_SECRET'
>;

/**
 * Finds the way to each subgraph over HTTP: where it is by its options, else by `SUBGRAPH_URLS` (a name that is there
 * several times has several replicas), else by the supergraph.
 *
 * @example createGateway({ supergraphSdl, transports: httpSubgraphs(config, options.subgraphs ?? {}, logger), logger });
 */
export function httpSubgraphs(
  settings: SubgraphSettings,
  options: Readonly<Record<string, SubgraphOptions>>,
  logger: Logger,
): (subgraph: SubgraphAddress) => SubgraphTransport {
  const { SUBGRAPH_READY_PATH: readyPath, SOUK_INTERNAL_SECRET: secret } = settings;
  const configured = new Map<string, string[]>();
  for (const [name, url] of settings.SUBGRAPH_URLS) {
    configured.set(name, [...(configured.get(name) ?? []), url]);
  }
  return ({ name, url }) => {
    const own = options[name] ?? {};
    const [first = url, ...others] = own.urls ?? configured.get(name) ?? [];
    return replicatedTransport({
      name,
      logger,
      timeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
      ...(secret === undefined ? {} : { secret }),
      ...(readyPath === undefined ? {} : { readyPath }),
      ...own,
      urls: [first, ...others],
    });
  };
}
