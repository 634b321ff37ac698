import type { ServerResponse } from 'node:http';
import type { GatewayMetrics } from '../../metrics/gateway-metrics.js';
import { isStream, type OperationOutcome } from '../../operation/operation-call.js';
import type { GatewayPlugin } from '../../plugin.js';
import { whenEnded } from '../../subscriptions/when-ended.js';
import { httpDurations } from './http-durations.js';
import { operationNumbers, type Outcome } from './operation-numbers.js';

export interface MetricsOptions {
  readonly metrics: GatewayMetrics;
  /** Paths that have a label of their own; one that ends with `/` stands for all below it. @default [] */
  readonly routes?: readonly string[];
}

/** Counts and times, and answers `/metrics` in Prometheus' text format. */
export function metrics({ metrics: measured, routes = [] }: MetricsOptions): GatewayPlugin {
  const answered = httpDurations(measured.httpRequests, [...routes, '/metrics']);
  const ended = operationNumbers(measured);
  return {
    name: 'metrics',
    http(exchange, next) {
      const { path, request } = exchange;
      const startedAt = performance.now();
      exchange.onClose((status) => {
        // A stream lasts for as long as its client likes, which says nothing about the gateway.
        if (exchange.answeredWith === undefined && isEventStream(exchange.response)) return;
        answered({ method: request.method ?? '', path, status }, secondsSince(startedAt));
      });
      return path === '/metrics' ? expose(measured, exchange.response) : next();
    },
    async operation(call, next) {
      const startedAt = performance.now();
      let outcome: Outcome = 'refused';
      try {
        const result = await next();
        outcome = outcomeOf(result);
        if (!isStream(result)) return result;
        measured.subscriptions.inc();
        return whenEnded(result, () => measured.subscriptions.dec());
      } finally {
        ended(call, outcome, secondsSince(startedAt));
      }
    },
  };
}

const secondsSince = (startedAt: number): number => (performance.now() - startedAt) / 1_000;

const isEventStream = (response: ServerResponse): boolean => {
  const type = response.getHeader('content-type');
  return typeof type === 'string' && type.startsWith('text/event-stream');
};

async function expose({ text, registry }: GatewayMetrics, response: ServerResponse): Promise<void> {
  const body = await text();
  response.writeHead(200, { 'content-type': registry.contentType }).end(body);
}

function outcomeOf(result: OperationOutcome): Outcome {
  if (isStream(result) || !result.errors?.length) return 'ok';
  return result.data ? 'partial' : 'failed';
}
