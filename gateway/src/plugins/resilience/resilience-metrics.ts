import type { Registry } from 'prom-client';
import { registeredCounter, registeredGauge } from '../../metrics/registered.js';
import type { BreakerState } from './circuit-breaker.js';

export interface ResilienceMetrics {
  readonly breaker: (subgraph: string, state: BreakerState) => void;
  readonly retried: (subgraph: string) => void;
  readonly refused: (subgraph: string) => void;
}

const STATES: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };

export function createResilienceMetrics(registry: Registry): ResilienceMetrics {
  const breaker = registeredGauge(registry, {
    name: 'souk_gateway_subgraph_breaker_state',
    help: 'Circuit breaker of a subgraph: 0 closed, 1 half-open, 2 open.',
    labelNames: ['subgraph'],
  });
  const retries = registeredCounter(registry, {
    name: 'souk_gateway_subgraph_retries_total',
    help: 'Fetches that were asked again.',
    labelNames: ['subgraph'],
  });
  const refused = registeredCounter(registry, {
    name: 'souk_gateway_subgraph_overload_refusals_total',
    help: 'Fetches refused because too many were waiting for the subgraph.',
    labelNames: ['subgraph'],
  });
  return {
    breaker: (subgraph, state) => breaker.set({ subgraph }, STATES[state]),
    retried: (subgraph) => retries.inc({ subgraph }),
    refused: (subgraph) => refused.inc({ subgraph }),
  };
}
