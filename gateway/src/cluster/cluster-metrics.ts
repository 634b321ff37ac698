import cluster, { type Worker } from 'node:cluster';
import type { Logger } from '@souk/kit/log';
import { AggregatorRegistry, type Registry } from 'prom-client';

/** From a worker to the primary process and back; `id` belongs to the worker. */
interface MetricsMessage {
  readonly type: 'souk:metrics';
  readonly id: number;
  /** What was asked for; missing in the question, empty if it could not be had. */
  readonly text?: string;
}

const isMetrics = (message: unknown): message is MetricsMessage =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'souk:metrics';

/** In the primary process: gives every worker that asks the sum over all of them. */
export function serveClusterMetrics(logger: Logger): void {
  const aggregator = new AggregatorRegistry();
  cluster.on('message', (worker: Worker, message: unknown) => {
    if (!isMetrics(message)) return;
    aggregator
      .clusterMetrics()
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'a worker gave no metrics');
        return '';
      })
      .then((text) => {
        const answer: MetricsMessage = { type: 'souk:metrics', id: message.id, text };
        if (worker.isConnected()) worker.send(answer);
      })
      .catch((error: unknown) => logger.warn({ err: error }, 'metrics could not be handed over'));
  });
}

/**
 * In a worker: how `/metrics` is answered, whichever worker is asked. Counters are summed over all workers.
 *
 * @returns a function that fails if the primary process cannot collect them: Prometheus asks again
 */
export function clusterMetrics(own: Registry): () => Promise<string> {
  AggregatorRegistry.setRegistries(own);
  // Answers the primary process when it collects.
  new AggregatorRegistry();
  const waiting = new Map<number, (text: string) => void>();
  let last = 0;
  process.on('message', (message: unknown) => {
    if (!isMetrics(message)) return;
    waiting.get(message.id)?.(message.text ?? '');
    waiting.delete(message.id);
  });
  return async () => {
    const id = (last += 1);
    const text = await new Promise<string>((resolve) => {
      waiting.set(id, resolve);
      const question: MetricsMessage = { type: 'souk:metrics', id };
      process.send?.(question);
    });
    if (text === '') throw new Error('The metrics of all workers could not be collected. Ask again.');
    return text;
  };
}
