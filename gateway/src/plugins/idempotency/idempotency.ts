import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import { dataText, textResult } from '../../execution/text-result.js';
import type { GatewayMetrics } from '../../metrics/gateway-metrics.js';
import { registeredCounter } from '../../metrics/registered.js';
import {
  isStream,
  type OperationCall,
  type OperationOutcome,
  requireStep,
} from '../../operation/operation-call.js';
import { refuse } from '../../operation/refusal.js';
import type { GatewayPlugin, MaybeLater } from '../../plugin.js';
import { type Claim, createFirstResults, type FirstResult } from './first-results.js';
import { idempotencyKeyOf } from './idempotency-key.js';
import { fingerprintOf, scopeOf } from './scope.js';

export interface IdempotencyOptions {
  /** How long the first result of a key is kept and replayed, in milliseconds. @default 86400000 */
  readonly ttlMs?: number;
  /** How long a request waits for an earlier one with its key to end, in milliseconds. @default 10000 */
  readonly waitMs?: number;
  /** How long a key stays taken when the gateway that ran its mutation died, in milliseconds. @default 10000 */
  readonly leaseMs?: number;
}

export interface IdempotencyDeps {
  readonly kv: Kv;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
}

/** What became of a key; told in the log and in the metrics. */
type Use = 'first' | 'not kept' | 'replayed' | 'conflict' | 'busy' | 'unknown';

/**
 * Lets clients repeat a mutation without doing it twice: with an `Idempotency-Key`, the first result is kept and
 * replayed. Kept is what was decided (data without errors, and so a declined payment too); what may come out
 * otherwise next time is not: failures, timeouts, partial answers.
 */
export function idempotency(
  { ttlMs = 86_400_000, waitMs = 10_000, leaseMs = 10_000 }: IdempotencyOptions,
  { kv, metrics, logger }: IdempotencyDeps,
): GatewayPlugin {
  const results = createFirstResults({ kv, ttlMs, waitMs, leaseMs });
  const uses = registeredCounter(metrics.registry, {
    name: 'souk_gateway_idempotency_keys_total',
    help: 'Mutations with an idempotency key: first, not kept, replayed, conflict, busy (waited in vain), unknown (no store).',
    labelNames: ['outcome'],
  });
  const told = (call: OperationCall, use: Use): void => {
    call.log['idempotency'] = use;
    uses.inc({ outcome: use });
  };

  /** @throws Refusal if there is neither a result nor the right to make it */
  const claim = async (call: OperationCall, scope: string): Promise<FirstResult | Claim> => {
    const found = await results.claim(scope, call.signal).catch((error: unknown) => {
      told(call, 'unknown');
      logger.warn({ err: error, requestId: call.requestId }, 'idempotency keys cannot be looked up');
      throw refuse('UNAVAILABLE', NO_STORE, { headers: { 'retry-after': '1' } });
    });
    if (found) return found;
    told(call, 'busy');
    throw refuse('UNAVAILABLE', BUSY, { headers: { 'retry-after': '1' } });
  };

  /** An answer that exists is given, whatever becomes of the store. */
  const settle = async (call: OperationCall, settling: Promise<void>): Promise<void> =>
    settling.catch((error: unknown) =>
      logger.warn({ err: error, requestId: call.requestId }, 'an idempotency key could not be settled'),
    );

  const runFirst = async (
    call: OperationCall,
    next: () => MaybeLater<OperationOutcome>,
    { mine, fingerprint }: { readonly mine: Claim; readonly fingerprint: string },
  ): Promise<OperationOutcome> => {
    const headersBefore = call.responseHeaders.length;
    let result: FirstResult | undefined;
    try {
      const outcome = await next();
      if (isFinal(outcome)) {
        result = { fingerprint, data: dataText(outcome), headers: call.responseHeaders.slice(headersBefore) };
      }
      return outcome;
    } finally {
      told(call, result ? 'first' : 'not kept');
      await settle(call, result ? mine.keep(result) : mine.giveUp());
    }
  };

  const runOnce = async (
    call: OperationCall,
    next: () => MaybeLater<OperationOutcome>,
    key: string,
  ): Promise<OperationOutcome> => {
    const operation = requireStep(call.operation, 'documents');
    const context = requireStep(call.context, 'identity');
    const fingerprint = fingerprintOf(call.request.variables);
    const found = await claim(call, scopeOf(context, operation, key));
    if (!('fingerprint' in found)) return runFirst(call, next, { mine: found, fingerprint });
    if (found.fingerprint !== fingerprint) {
      told(call, 'conflict');
      throw refuse('CONFLICT', OTHER_INPUT);
    }
    told(call, 'replayed');
    return replay(call, found);
  };

  return {
    name: 'idempotency',
    operation(call, next) {
      if (requireStep(call.operation, 'documents').kind !== 'mutation') return next();
      const key = idempotencyKeyOf(call);
      return key === undefined ? next() : runOnce(call, next, key);
    },
  };
}

/** True for what will not come out otherwise when it is tried again. */
const isFinal = (outcome: OperationOutcome): outcome is Exclude<OperationOutcome, AsyncIterable<unknown>> =>
  !isStream(outcome) && !outcome.errors?.length && Boolean(outcome.data);

function replay(call: OperationCall, { data, headers }: FirstResult): OperationOutcome {
  call.responseHeaders.push(...headers, ['idempotent-replayed', 'true']);
  // Answers over a WebSocket have no headers.
  if (call.via === 'WebSocket') call.extensions['idempotentReplayed'] = true;
  return textResult(data, []);
}

const OTHER_INPUT =
  'This idempotency key was used with other variables. Take a new key, or send what was sent first.';
const BUSY = 'An earlier request with this idempotency key is still running. Try again with the same key.';
const NO_STORE = 'Idempotency keys cannot be looked up right now. Try again with the same key.';
