import { AppError } from '@souk/kit/errors';
import { aroundFetches } from '../transport/around-fetches.js';
import type { SubgraphTransport } from '../transport/subgraph-transport.js';
import type { GatewayMetrics } from './gateway-metrics.js';

/** The same transport, with its fetches timed and its failures told apart. */
export function measuredTransport(transport: SubgraphTransport, metrics: GatewayMetrics): SubgraphTransport {
  const { name } = transport;
  const labels = { subgraph: name, http_request_method: 'POST' };
  // Looked up once: prom-client checks and hashes labels at each look.
  const answered = metrics.fetches.labels(labels);
  return aroundFetches(transport, (ask) => (request) => {
    const startedAt = performance.now();
    return ask(request).then(
      (answer) => {
        answered.observe(secondsSince(startedAt));
        return answer;
      },
      (error: unknown) => {
        const error_type = error instanceof AppError ? error.code : 'INTERNAL';
        metrics.fetches.observe({ ...labels, error_type }, secondsSince(startedAt));
        throw error;
      },
    );
  });
}

const secondsSince = (startedAt: number): number => (performance.now() - startedAt) / 1_000;
