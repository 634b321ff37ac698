import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { LeanCounter } from './lean-counter.js';
import { LeanHistogram } from './lean-histogram.js';

/**
 * What the gateway measures, under OpenTelemetry's names in their Prometheus form where it has one (docs/adr/0110).
 * Durations are in seconds. Look handles up once (`labels(…)`), not for each request.
 */
export interface GatewayMetrics {
  readonly registry: Registry;
  /** All of it in Prometheus' text format. */
  readonly text: () => Promise<string>;
  readonly httpRequests: LeanHistogram<HttpLabel>;
  readonly operations: LeanHistogram<'graphql_operation_name' | 'graphql_operation_type' | 'outcome'>;
  readonly clientOperations: LeanCounter<'client_name' | 'outcome'>;
  readonly fetches: LeanHistogram<'subgraph' | 'http_request_method' | 'error_type'>;
  /** One counter for all caches: `cache` names it, `result` is `hit` or `miss`. */
  readonly cacheLookups: LeanCounter<'cache' | 'result'>;
  readonly sockets: Gauge;
  readonly subscriptions: Gauge;
}

export type HttpLabel =
  'http_request_method' | 'http_response_status_code' | 'http_route' | 'url_scheme' | 'error_type';

/** OpenTelemetry's advice, and 0.2: our objective for a typical answer. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

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
    httpRequests: new LeanHistogram({
      name: 'http_server_request_duration_seconds',
      help: 'HTTP requests of clients, from their headers to the last byte of the answer; streams of events excepted.',
      buckets: SECONDS,
      registers,
    }),
    operations: new LeanHistogram({
      name: 'souk_gateway_operation_duration_seconds',
      help: 'GraphQL operations by name and outcome (ok, partial, refused, failed), from the parsed request to the result.',
      buckets: SECONDS,
      registers,
    }),
    clientOperations: new LeanCounter({
      name: 'souk_gateway_client_operations_total',
      help: 'GraphQL operations by the application that says it sent them, and outcome.',
      registers,
    }),
    fetches: new LeanHistogram({
      name: 'http_client_request_duration_seconds',
      help: 'Fetches from subgraphs; error_type is the code of those that got no answer.',
      buckets: SECONDS,
      registers,
    }),
    cacheLookups: new LeanCounter({
      name: 'souk_gateway_cache_lookups_total',
      help: 'Lookups in each cache (plan, …), found (hit) or not (miss).',
      registers,
    }),
    sockets: new Gauge({ name: 'souk_gateway_websockets', help: 'Open WebSocket connections.', registers }),
    subscriptions: new Gauge({
      name: 'souk_gateway_subscriptions',
      help: 'Running subscriptions.',
      registers,
    }),
  };
}
