import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the gateway measures. Durations are in seconds, as Prometheus wants them. */
export interface GatewayMetrics {
  readonly registry: Registry;
  /** All of it in Prometheus' text format. */
  readonly text: () => Promise<string>;
  readonly operations: Counter<'operation' | 'kind' | 'status'>;
  readonly operationSeconds: Histogram<'operation' | 'kind'>;
  readonly fetchSeconds: Histogram<'subgraph'>;
  readonly fetchErrors: Counter<'subgraph' | 'code'>;
  readonly planLookups: Counter<'result'>;
  readonly sockets: Gauge;
  readonly subscriptions: Gauge;
  readonly httpResponses: Counter<'method' | 'status'>;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 1, 2.5, 5, 10];

/** How a registry becomes the text that is scraped. */
export type ExposeMetrics = (own: Registry) => () => Promise<string>;

/**
 * Makes a registry of its own, so that several gateways in one process do not share numbers.
 *
 * @param expose @default the registry's own text
 */
export function createGatewayMetrics(expose: ExposeMetrics = (own) => () => own.metrics()): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    text: expose(registry),
    operations: new Counter({
      name: 'souk_gateway_operations_total',
      help: 'GraphQL operations by name and outcome (ok, partial, refused, failed).',
      labelNames: ['operation', 'kind', 'status'],
      registers,
    }),
    operationSeconds: new Histogram({
      name: 'souk_gateway_operation_seconds',
      help: 'Time from the parsed request to the result.',
      labelNames: ['operation', 'kind'],
      buckets: SECONDS,
      registers,
    }),
    fetchSeconds: new Histogram({
      name: 'souk_gateway_subgraph_fetch_seconds',
      help: 'Time one fetch from a subgraph took.',
      labelNames: ['subgraph'],
      buckets: SECONDS,
      registers,
    }),
    fetchErrors: new Counter({
      name: 'souk_gateway_subgraph_fetch_errors_total',
      help: 'Fetches that got no answer, by code.',
      labelNames: ['subgraph', 'code'],
      registers,
    }),
    planLookups: new Counter({
      name: 'souk_gateway_plan_lookups_total',
      help: 'Query plans taken from the cache (hit) or made (miss).',
      labelNames: ['result'],
      registers,
    }),
    sockets: new Gauge({ name: 'souk_gateway_websockets', help: 'Open WebSocket connections.', registers }),
    subscriptions: new Gauge({
      name: 'souk_gateway_subscriptions',
      help: 'Running subscriptions.',
      registers,
    }),
    httpResponses: new Counter({
      name: 'souk_gateway_http_responses_total',
      help: 'HTTP responses by method and status.',
      labelNames: ['method', 'status'],
      registers,
    }),
  };
}
