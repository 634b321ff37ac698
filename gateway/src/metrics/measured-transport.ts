import { AppError } from '@souk/kit/errors';
import type { SubgraphTransport } from '../transport/subgraph-transport.js';
import type { GatewayMetrics } from './gateway-metrics.js';

/** The same transport, with its fetches timed and its failures counted. */
export function measuredTransport(transport: SubgraphTransport, metrics: GatewayMetrics): SubgraphTransport {
  const { name, executeJson } = transport;
  const measured = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const stop = metrics.fetchSeconds.startTimer({ subgraph: name });
    try {
      return await ask();
    } catch (error) {
      metrics.fetchErrors.inc({ subgraph: name, code: error instanceof AppError ? error.code : 'INTERNAL' });
      throw error;
    } finally {
      stop();
    }
  };
  return {
    ...transport,
    execute: (request) => measured(() => transport.execute(request)),
    ...(executeJson ? { executeJson: (request) => measured(() => executeJson(request)) } : {}),
  };
}
