import { boundedNames } from '../../metrics/bounded-names.js';
import type { LeanCount } from '../../metrics/lean-counter.js';
import type { LeanSeries } from '../../metrics/lean-histogram.js';
import type { GatewayMetrics } from '../../metrics/gateway-metrics.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { OperationCall } from '../../operation/operation-call.js';

/** How an operation ended: with all it asked for, with errors beside data, turned away, or with errors only. */
export type Outcome = 'ok' | 'partial' | 'refused' | 'failed';

type Handles<Handle> = Partial<Record<Outcome, Handle>>;
type Seconds = LeanSeries;
type Count = LeanCount;

/** Applications that are counted under their own name. */
const MOST_CLIENTS = 50;

/** Counts operations by name, client and outcome. Handles are looked up once for each document, and for each client. */
export function operationNumbers({
  operations,
  clientOperations,
}: Pick<GatewayMetrics, 'operations' | 'clientOperations'>): (
  call: OperationCall,
  outcome: Outcome,
  seconds: number,
) => void {
  const labelOf = boundedNames();
  const clientOf = boundedNames(MOST_CLIENTS);
  const byOperation = new WeakMap<CheckedOperation, Handles<Seconds>>();
  const invalid: Handles<Seconds> = {};
  const byClient = new Map<string, Handles<Count>>();

  const operationHandles = (operation: CheckedOperation | undefined): Handles<Seconds> => {
    if (!operation) return invalid;
    let handles = byOperation.get(operation);
    if (!handles) byOperation.set(operation, (handles = {}));
    return handles;
  };
  const clientHandles = (name: string): Handles<Count> => {
    const known = byClient.get(name);
    if (known) return known;
    const label = clientOf(name);
    let handles = byClient.get(label);
    if (!handles) byClient.set(label, (handles = {}));
    return handles;
  };

  return ({ operation, client }, outcome, seconds) => {
    const durations = operationHandles(operation);
    durations[outcome] ??= operations.labels({
      graphql_operation_name: operation ? labelOf(operation.name) : '(invalid)',
      ...(operation ? { graphql_operation_type: operation.kind } : {}),
      outcome,
    });
    durations[outcome].observe(seconds);
    const { name = '(unnamed)' } = client;
    const counts = clientHandles(name);
    counts[outcome] ??= clientOperations.labels({ client_name: clientOf(name), outcome });
    counts[outcome].inc();
  };
}
