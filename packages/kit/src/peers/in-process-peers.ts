import { randomUUID } from 'node:crypto';
import { AppError } from '../errors/app-error.js';
import type { SubgraphApp } from '../subgraph/app.js';
import type { Peers } from './peers.js';

/**
 * Peers that live in this process.
 *
 * @param options.service who asks
 * @param options.appOf looked up at each call, so that apps may be created in any order
 * @example const peers = createInProcessPeers({ service: 'orders', appOf: (name) => apps.get(name) });
 */
export function createInProcessPeers(options: {
  service: string;
  appOf: (subgraph: string) => SubgraphApp | undefined;
}): Peers {
  return {
    async execute(subgraph, { query, variables, requestId }) {
      const app = options.appOf(subgraph);
      if (!app) throw new AppError('UNAVAILABLE', `The service ${subgraph} is not running. Try again.`);
      return app.execute({
        query,
        ...(variables ? { variables } : {}),
        context: {
          viewer: { kind: 'service', service: options.service },
          requestId: requestId ?? randomUUID(),
        },
      });
    },
  };
}
