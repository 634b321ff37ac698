import type { SubgraphApp } from '@souk/kit/subgraph';
import type { SubgraphTransport } from './subgraph-transport.js';

/**
 * Reaches a subgraph that lives in this process: no socket, no serialisation, and the request context is passed as
 * the typed object it is. The subgraph's life cycle stays with whoever started it.
 *
 * @example new Map([['orders', inProcessTransport(ordersApp)]])
 */
export function inProcessTransport(app: SubgraphApp): SubgraphTransport {
  return {
    name: app.name,
    execute: (request) => app.execute(request),
    subscribe: (request) => app.subscribe(request),
    checkReady: () => app.checkReady(),
    close: async () => {},
  };
}
