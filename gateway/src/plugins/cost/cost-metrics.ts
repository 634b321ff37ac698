import type { Counter, Registry } from 'prom-client';
import { boundedNames } from '../../metrics/bounded-names.js';
import type { LeanSeries } from '../../metrics/lean-histogram.js';
import { registeredCounter, registeredHistogram } from '../../metrics/registered.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';

type Observer = LeanSeries;

export interface CostMetrics {
  /** Where the costs of an operation are written down; looked up once for each document. */
  readonly costOf: (operation: CheckedOperation) => {
    readonly estimated: Observer;
    readonly actual: Observer;
  };
  readonly exceeded: Counter<'mode'>;
}

export function costMetrics(registry: Registry): CostMetrics {
  const cost = registeredHistogram(registry, {
    name: 'souk_gateway_operation_cost',
    help: 'Cost of operations, as estimated before they ran and as counted in what was answered (actual).',
    buckets: [1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000],
  });
  const nameOf = boundedNames();
  const known = new WeakMap<CheckedOperation, ReturnType<CostMetrics['costOf']>>();
  return {
    costOf(operation) {
      let observers = known.get(operation);
      if (!observers) {
        const graphql_operation_name = nameOf(operation.name);
        observers = {
          estimated: cost.labels({ graphql_operation_name, kind: 'estimated' }),
          actual: cost.labels({ graphql_operation_name, kind: 'actual' }),
        };
        known.set(operation, observers);
      }
      return observers;
    },
    exceeded: registeredCounter(registry, {
      name: 'souk_gateway_cost_exceeded_total',
      help: 'Operations that cost more than they may: refused (enforce) or only counted (measure).',
      labelNames: ['mode'],
    }),
  };
}
