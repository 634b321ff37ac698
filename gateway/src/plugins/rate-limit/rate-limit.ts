import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import type { ExecutionResult } from 'graphql';
import type { GatewayMetrics } from '../../metrics/gateway-metrics.js';
import { registeredCounter } from '../../metrics/registered.js';
import { isStream, type OperationCall, type OperationOutcome } from '../../operation/operation-call.js';
import { Refusal, refuse } from '../../operation/refusal.js';
import type { GatewayPlugin, MaybeLater } from '../../plugin.js';
import { guardStore } from '../../shared-state/store-guard.js';
import { createAccounts, type Payment } from './accounts.js';
import { chargedStream } from './charged-stream.js';
import { rateLimitHeaders } from './rate-limit-headers.js';
import { DEFAULT_EXEMPT, DEFAULT_RULES, type RateLimitOptions } from './rate-limit-options.js';
import { compileRules } from './rules.js';
import { suspectProxy } from './suspect-proxy.js';

export interface RateLimitDeps {
  /** Where the buckets are. */
  readonly kv: Kv;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
}

/**
 * Lets callers spend so much in a time, and no more: the estimated cost of an operation (or one, without the `cost`
 * plugin) is taken before it runs, and what it did not cost in the end is given back. A subscription pays when it
 * starts, and for each event.
 */
export function rateLimit(options: RateLimitOptions, { kv, metrics, logger }: RateLimitDeps): GatewayPlugin {
  const {
    rules = DEFAULT_RULES,
    exempt = DEFAULT_EXEMPT,
    whenUnavailable = 'allow',
    timeoutMs = 100,
  } = options;
  const guard = kv.isShared ? guardStore({ purpose: 'rate limits', logger, timeoutMs }) : undefined;
  const mayBeProxy = suspectProxy(logger);
  const compiled = compileRules(rules, { exempt, onExempt: (call) => mayBeProxy(call, 'uncounted') });
  const accounts = createAccounts(compiled, kv, guard);
  const { refused, unavailable } = rateLimitMetrics(metrics);

  /** @returns undefined if the buckets are out of reach, and that is no reason to refuse. @throws Refusal */
  const withoutBuckets = (): undefined => {
    unavailable.inc();
    if (whenUnavailable === 'refuse') throw unavailableNow();
    return undefined;
  };
  const take = (call: OperationCall, cost: number): MaybeLater<Payment | undefined> => {
    const payment = accounts.take(call, cost);
    return payment instanceof Promise ? payment.catch(withoutBuckets) : payment;
  };
  /** @throws Refusal if there was too little */
  const insist = (call: OperationCall, payment: Payment | undefined): void => {
    if (!payment?.short) return;
    refused.inc({ rule: payment.short.rule.name });
    mayBeProxy(call, 'refused');
    throw tooMuch(payment);
  };

  const chargeEvents = (call: OperationCall, stream: AsyncIterable<ExecutionResult>): OperationOutcome =>
    chargedStream(stream, async () => {
      try {
        insist(call, await take(call, actualOf(call)));
      } catch (error) {
        if (error instanceof Refusal) return error.errors;
        throw error;
      }
      return undefined;
    });

  /** Runs what is paid for, and settles afterwards. @throws Refusal */
  const run = (
    call: OperationCall,
    payment: Payment | undefined,
    next: () => MaybeLater<OperationOutcome>,
  ): MaybeLater<OperationOutcome> => {
    insist(call, payment);
    if (!payment || payment.taken.length === 0) return next();
    const settle = (cost: number): void => {
      accounts.settle(payment, cost);
      call.responseHeaders.push(...rateLimitHeaders(payment, cost));
    };
    const succeed = (outcome: OperationOutcome): OperationOutcome => {
      const isEvents = isStream(outcome);
      // Who left before the answer came pays in full: subgraphs may have done the work.
      settle(isEvents || call.signal.aborted ? estimateOf(call) : actualOf(call));
      return isEvents ? chargeEvents(call, outcome) : outcome;
    };
    const fail = (error: unknown): never => {
      settle(error instanceof Refusal ? LEAST : estimateOf(call));
      throw error;
    };
    let outcome: MaybeLater<OperationOutcome>;
    try {
      outcome = next();
    } catch (error) {
      return fail(error);
    }
    return outcome instanceof Promise ? outcome.then(succeed, fail) : succeed(outcome);
  };

  return {
    name: 'rate-limit',
    operation(call, next) {
      const payment = take(call, estimateOf(call));
      return payment instanceof Promise
        ? payment.then((paid) => run(call, paid, next))
        : run(call, payment, next);
    },
  };
}

/** Nothing is free: an operation that costs nothing would be asked without end. */
const LEAST = 1;
const estimateOf = ({ cost }: OperationCall): number => Math.max(LEAST, cost?.estimated ?? LEAST);
const actualOf = ({ cost }: OperationCall): number => Math.max(LEAST, cost?.actual() ?? LEAST);

function tooMuch(payment: Payment): Refusal {
  const { short } = payment;
  const retryAfterMs = short?.result.retryAfterMs ?? 0;
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return refuse(
    'RATE_LIMITED',
    `Too much was asked in a short time. Ask again in ${seconds} s, for less at once.`,
    {
      headers: { 'retry-after': String(seconds), ...Object.fromEntries(rateLimitHeaders(payment)) },
      extensions: { rule: short?.rule.name, retryAfterMs, cost: short?.tokens },
    },
  );
}

const unavailableNow = (): Refusal =>
  refuse(
    'UNAVAILABLE',
    'Requests cannot be counted right now, and uncounted ones are refused. Try again shortly.',
    {
      headers: { 'retry-after': '1' },
    },
  );

const rateLimitMetrics = ({ registry }: GatewayMetrics) => ({
  refused: registeredCounter(registry, {
    name: 'souk_gateway_rate_limited_total',
    help: 'Operations and events that were refused because their caller had spent too much, by rule.',
    labelNames: ['rule'],
  }),
  unavailable: registeredCounter(registry, {
    name: 'souk_gateway_rate_limit_unavailable_total',
    help: 'Operations that could not be counted because the buckets were out of reach.',
  }),
});
