import type { Counter, Histogram, Registry } from 'prom-client';
import { registeredCounter, registeredHistogram } from '../../metrics/registered.js';

export interface CostMetrics {
  readonly cost: Histogram<'graphql_operation_name' | 'kind'>;
  readonly exceeded: Counter<'mode'>;
}

export const costMetrics = (registry: Registry): CostMetrics => ({
  cost: registeredHistogram(registry, {
    name: 'souk_gateway_operation_cost',
    help: 'Cost of operations, as estimated before they ran and as counted in what was answered (actual).',
    labelNames: ['graphql_operation_name', 'kind'],
    buckets: [1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000],
  }),
  exceeded: registeredCounter(registry, {
    name: 'souk_gateway_cost_exceeded_total',
    help: 'Operations that cost more than they may: refused (enforce) or only counted (measure).',
    labelNames: ['mode'],
  }),
});
