import type { ExecutionResult } from 'graphql';
import { withExtensions } from '../../execution/text-result.js';
import type { GatewayMetrics } from '../../metrics/gateway-metrics.js';
import {
  type CallCost,
  isStream,
  type OperationCall,
  type OperationOutcome,
  requireStep,
} from '../../operation/operation-call.js';
import { refuse } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';
import { aroundFetches } from '../../transport/around-fetches.js';
import { valueOf, type Variables } from './amount.js';
import { costMetrics } from './cost-metrics.js';
import { createCosts, type OperationCost } from './operation-cost.js';
import { createReports } from './report.js';

export interface CostOptions {
  /** The most that one operation may be estimated to cost. @default 50000 */
  readonly max?: number;
  /** How long lists are taken to be about which `@listSize` says nothing. @default 10 */
  readonly defaultListSize?: number;
  /** `measure` only counts what would be refused. @default 'enforce' */
  readonly mode?: 'enforce' | 'measure';
  /**
   * Who gets to read costs in `extensions.cost`: nobody, everybody, or who asks by the header `x-graphql-cost: true` or
   * by `"extensions": {"cost": true}` in the request. @default 'asked'
   */
  readonly expose?: 'never' | 'asked' | 'always';
}

/**
 * Knows what operations cost: the most they can, before anything is planned, and what was answered, afterwards. Too
 * dear an operation is refused.
 */
export function cost(options: CostOptions, { metrics }: { readonly metrics: GatewayMetrics }): GatewayPlugin {
  const { max = 50_000, defaultListSize = 10, mode = 'enforce', expose = 'asked' } = options;
  const costOf = createCosts({ defaultListSize });
  const report = createReports(max);
  const measured = costMetrics(metrics.registry);

  /** @throws Refusal in the mode `enforce` */
  const judge = (call: OperationCall, { compiled, estimated, variables }: Judged): void => {
    const misused = compiled.misused(variables);
    if (misused === undefined && estimated <= max) return;
    measured.exceeded.inc({ mode });
    if (mode === 'measure') return void (call.log['costExceeded'] = true);
    if (misused !== undefined) throw oneSlice(misused);
    throw tooDear(estimated, max);
  };

  return {
    name: 'cost',
    operation(call, next) {
      const operation = requireStep(call.operation, 'documents');
      const variables = call.request.variables ?? {};
      const compiled = costOf(operation, call.engine.supergraph, variables);
      const estimated = valueOf(compiled.estimate, variables);
      const observed = measured.costOf(operation);
      observed.estimated.observe(estimated);
      call.log['cost'] = estimated;
      judge(call, { compiled, estimated, variables });

      const isTold = expose === 'always' || (expose === 'asked' && isAsked(call));
      const { told, settle } = callCost(call, { compiled, estimated, variables, isTold });
      call.cost = told;
      const finish = (outcome: OperationOutcome): OperationOutcome => {
        if (isStream(outcome)) return isTold ? reported(outcome, () => report(call, compiled)) : outcome;
        const actual = settle();
        observed.actual.observe(actual);
        call.log['cost'] = actual;
        if (isTold) call.extensions['cost'] = report(call, compiled);
        return outcome;
      };
      const outcome = next();
      return outcome instanceof Promise ? outcome.then(finish) : finish(outcome);
    },
    transport: (inner) =>
      aroundFetches(inner, (ask) => (request) => {
        const fetches = request.call?.cost?.fetches;
        if (fetches) fetches.set(inner.name, (fetches.get(inner.name) ?? 0) + 1);
        return ask(request);
      }),
  };
}

const isAsked = ({ headers, request }: OperationCall): boolean =>
  headers['x-graphql-cost'] === 'true' || request.extensions?.['cost'] === true;

interface Judged {
  readonly compiled: OperationCost;
  readonly estimated: number;
  readonly variables: Variables;
}

/** What is told of a call's cost, and how to say that no more will be answered. */
function callCost(
  call: OperationCall,
  { compiled, estimated, variables, isTold }: Judged & { readonly isTold: boolean },
) {
  let counted: { readonly of: OperationCall['answered']; readonly cost: number } | undefined;
  let settled: number | undefined;
  const actual = (): number => {
    if (settled !== undefined) return settled;
    const { answered } = call;
    // Nothing ran: refused, or answered from a cache.
    if (!answered) return 0;
    if (counted?.of !== answered) {
      const tally = [compiled.base];
      compiled.count(answered, variables, tally);
      counted = { of: answered, cost: tally[0] ?? 0 };
    }
    return counted.cost;
  };
  const told: CallCost = {
    estimated,
    actual,
    ...(isTold ? { fetches: new Map<string, number>() } : {}),
  };
  /** The number is kept, what it was counted in is not. */
  const settle = (): number => {
    settled = actual();
    counted = undefined;
    return settled;
  };
  return { told, settle };
}

/**
 * The same stream, each event with its own cost. Not a generator: the `return` of one waits for the next event, and
 * nobody would wait for that.
 */
function reported(
  stream: AsyncIterable<ExecutionResult>,
  costNow: () => unknown,
): AsyncIterableIterator<ExecutionResult> {
  const source = stream[Symbol.asyncIterator]();
  return {
    async next() {
      const step = await source.next();
      return step.done ? step : { done: false, value: withExtensions(step.value, { cost: costNow() }) };
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const oneSlice = (names: readonly string[]) =>
  refuse(
    'BAD_USER_INPUT',
    `Exactly one of the arguments ${names.map((name) => `"${name}"`).join(', ')} must say how long the list may be. Give one of them.`,
    { extensions: { limit: 'cost' } },
  );

const tooDear = (estimated: number, max: number) =>
  refuse(
    'BAD_USER_INPUT',
    `The operation may cost ${estimated}, at most ${max} is answered (cost.max). Ask for shorter lists, or for fewer of them inside each other.`,
    { extensions: { limit: 'cost.max', estimated, max } },
  );
