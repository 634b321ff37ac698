import { AppError } from '@souk/kit/errors';
import type { SubgraphTransport } from '../transport/subgraph-transport.js';
import type { GatewayMetrics } from './gateway-metrics.js';

/** The same transport, with its fetches timed and its failures told apart. */
export function measuredTransport(transport: SubgraphTransport, metrics: GatewayMetrics): SubgraphTransport {
  const { name, executeJson } = transport;
  const labels = { subgraph: name, http_request_method: 'POST' };
  // Looked up once: prom-client checks and hashes labels at each look.
  const answered = metrics.fetches.labels(labels);
  const measured = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1_000;
    try {
      const answer = await ask();
      answered.observe(seconds());
      return answer;
    } catch (error) {
      const error_type = error instanceof AppError ? error.code : 'INTERNAL';
      metrics.fetches.observe({ ...labels, error_type }, seconds());
      throw error;
    }
  };
  return {
    ...transport,
    execute: (request) => measured(() => transport.execute(request)),
    ...(executeJson ? { executeJson: (request) => measured(() => executeJson(request)) } : {}),
  };
}
