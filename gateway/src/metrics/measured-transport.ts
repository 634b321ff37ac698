import { AppError } from '@souk/kit/errors';
import type { SubgraphTransport } from '../transport/subgraph-transport.js';
import type { GatewayMetrics } from './gateway-metrics.js';

/** The same transport, with its fetches timed and its failures counted. */
export function measuredTransport(transport: SubgraphTransport, metrics: GatewayMetrics): SubgraphTransport {
  const { name, executeJson } = transport;
  // Looked up once: prom-client checks and hashes labels at each look.
  const seconds = metrics.fetchSeconds.labels({ subgraph: name });
  const measured = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const startedAt = performance.now();
    try {
      return await ask();
    } catch (error) {
      metrics.fetchErrors.inc({ subgraph: name, code: error instanceof AppError ? error.code : 'INTERNAL' });
      throw error;
    } finally {
      seconds.observe((performance.now() - startedAt) / 1_000);
    }
  };
  return {
    ...transport,
    execute: (request) => measured(() => transport.execute(request)),
    ...(executeJson ? { executeJson: (request) => measured(() => executeJson(request)) } : {}),
  };
}
