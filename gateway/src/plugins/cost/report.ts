import type { OperationCall } from '../../operation/operation-call.js';
import type { OperationCost } from './operation-cost.js';
import { type CostShares, sharesOf } from './shares.js';

/** What `extensions.cost` says. */
export interface CostReport {
  readonly estimated: number;
  readonly actual: number;
  readonly max: number;
  readonly subgraphs: Readonly<Record<string, SubgraphCost>>;
}

export interface SubgraphCost {
  readonly estimated: number;
  readonly actual: number;
  /** How often it was asked; less than planned if the answers were known. */
  readonly fetches: number;
}

/** Writes reports; how an operation's cost is spread over subgraphs is worked out once for each plan. */
export function createReports(max: number): (call: OperationCall, cost: OperationCost) => CostReport {
  const known = new WeakMap<
    OperationCost,
    { readonly plan: OperationCall['plan']; readonly shares: CostShares }
  >();

  const sharesFor = (cost: OperationCost, plan: NonNullable<OperationCall['plan']>): CostShares => {
    const before = known.get(cost);
    if (before?.plan === plan) return before.shares;
    const shares = sharesOf(cost, plan);
    known.set(cost, { plan, shares });
    return shares;
  };

  return (call, cost) => {
    const variables = call.request.variables ?? {};
    const { estimated = 0, fetches } = call.cost ?? {};
    const subgraphs: Record<string, SubgraphCost> = {};
    if (call.plan) {
      const shares = sharesFor(cost, call.plan);
      const estimates = shares.estimates(variables);
      const tally: number[] = [];
      if (call.answered) shares.count(call.answered, variables, tally);
      shares.subgraphs.forEach((name, index) => {
        subgraphs[name] = {
          estimated: estimates[index] ?? 0,
          actual: tally[index] ?? 0,
          fetches: fetches?.get(name) ?? 0,
        };
      });
    }
    return { estimated, actual: call.cost?.actual() ?? 0, max, subgraphs };
  };
}
