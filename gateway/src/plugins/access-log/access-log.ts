import type { Logger } from '@souk/kit/log';
import { isStream, type OperationCall, type OperationOutcome } from '../../operation/operation-call.js';
import { Refusal } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';

const PROBES: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

/**
 * One JSON line for each request: what was asked, by which client, how it went, how long it took (milliseconds)
 * and how much was sent (bytes, headers included). Plugins add what they know: cost, cache, idempotency. Never a query string, a variable or a token. Operations over a WebSocket get a line of their own.
 */
export function accessLog({ logger }: { readonly logger: Logger }): GatewayPlugin {
  return {
    name: 'access-log',
    http(exchange, next) {
      const startedAt = performance.now();
      const { request, requestId, path, log } = exchange;
      const { socket } = request;
      const sentBefore = socket.bytesWritten;
      exchange.onClose((status = 499) => {
        const line = {
          requestId,
          method: request.method,
          path,
          status,
          durationMs: since(startedAt),
          bytes: socket.bytesWritten - sentBefore,
          ...log,
        };
        // Probes ask every few seconds; only their failures are news.
        if (PROBES.has(path) && status < 400) logger.debug(line, 'request');
        else logger.info(line, 'request');
      });
      return next();
    },
    async operation(call, next) {
      describeClient(call);
      if (call.via !== 'WebSocket') return withCodes(call, await next());
      const startedAt = performance.now();
      let code: unknown;
      try {
        return withCodes(call, await next());
      } catch (error) {
        code = error instanceof Refusal ? error.errors[0]?.extensions['code'] : 'INTERNAL';
        throw error;
      } finally {
        const { requestId, log } = call;
        logger.info(
          { requestId, via: 'WebSocket', durationMs: since(startedAt), ...log, ...(code ? { code } : {}) },
          'operation',
        );
      }
    },
  };
}

const since = (startedAt: number): number => Math.round((performance.now() - startedAt) * 10) / 10;

function describeClient({ client, log }: OperationCall): void {
  if (client.name) log['client'] = client.name.slice(0, 100);
  if (client.version) log['clientVersion'] = client.version.slice(0, 50);
}

function withCodes(call: OperationCall, outcome: OperationOutcome): OperationOutcome {
  if (!isStream(outcome) && outcome.errors?.length) {
    call.log['errors'] = [...new Set(outcome.errors.map((error) => error.extensions['code'] ?? 'none'))];
  }
  return outcome;
}
