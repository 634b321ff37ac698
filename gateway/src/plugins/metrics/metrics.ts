import type { GatewayMetrics } from '../../metrics/gateway-metrics.js';
import { countedStream } from './counted-stream.js';
import { isStream, type OperationCall, type OperationOutcome } from '../../operation/operation-call.js';
import type { GatewayPlugin } from '../../plugin.js';

/** Clients choose operation names; past this many, new ones are counted together. */
const MAX_NAMES = 200;

/** Counts and times, and answers `/metrics` in Prometheus' text format. */
export function metrics({ metrics: measured }: { readonly metrics: GatewayMetrics }): GatewayPlugin {
  const names = new Set<string>();
  const labelOf = ({ operation }: OperationCall): string => {
    const name = operation ? (operation.name ?? '(unnamed)') : '(invalid)';
    if (names.size < MAX_NAMES) names.add(name);
    return names.has(name) ? name : '(other)';
  };
  return {
    name: 'metrics',
    async http({ path, request, response }, next) {
      if (path === '/metrics') {
        const text = await measured.text();
        response.writeHead(200, { 'content-type': measured.registry.contentType });
        response.end(text);
        return;
      }
      response.on('close', () => {
        measured.httpResponses.inc({
          method: request.method ?? '',
          status: response.writableFinished ? response.statusCode : 499,
        });
      });
      await next();
    },
    async operation(call, next) {
      const startedAt = performance.now();
      let status = 'refused';
      try {
        const outcome = await next();
        status = statusOf(outcome);
        return isStream(outcome) ? countedStream(outcome, measured.subscriptions) : outcome;
      } finally {
        const labels = { operation: labelOf(call), kind: call.operation?.kind ?? 'unknown' };
        measured.operations.inc({ ...labels, status });
        measured.operationSeconds.observe(labels, (performance.now() - startedAt) / 1000);
      }
    },
  };
}

function statusOf(outcome: OperationOutcome): string {
  if (isStream(outcome) || !outcome.errors?.length) return 'ok';
  return outcome.data ? 'partial' : 'failed';
}
