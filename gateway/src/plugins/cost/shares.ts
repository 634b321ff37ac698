import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { below, fetchFields, placeOf } from '../../execution/compiled/fetch-fields.js';
import type { PlanPath } from '../../execution/compiled/targets.js';
import { type Amount, sum, valueOf, type Variables } from './amount.js';
import type { CountCost, Tally } from './count.js';
import type { OperationCost } from './operation-cost.js';

/** How the cost of an operation is spread over the subgraphs that its plan asks. */
export interface CostShares {
  readonly subgraphs: readonly string[];
  /** One estimate for each subgraph. */
  estimates(variables: Variables): readonly number[];
  /** Adds to one account for each subgraph. */
  readonly count: CountCost;
}

/**
 * Spreads the cost: each field belongs to the subgraph whose fetch brings it first, what nobody brings (introspection)
 * to none, and the operation's own cost to the subgraph that begins.
 */
export function sharesOf(cost: OperationCost, plan: QueryPlan): CostShares {
  const owners = ownersOf(plan);
  const ownerOf = (place: string): string | undefined => {
    // A leaf inside of what a fetch brings came with it.
    for (let at = place; ; at = at.slice(0, at.lastIndexOf('.'))) {
      const owner = owners.get(at);
      if (owner !== undefined || !at.includes('.')) return owner;
    }
  };
  const subgraphs = [...new Set(owners.values())];
  const first = owners.get('');
  const estimates: readonly Amount[] = subgraphs.map((subgraph) =>
    sum([subgraph === first ? cost.base : 0, cost.estimateAt((place) => ownerOf(place) === subgraph)]),
  );
  const count = cost.countBy((place) => {
    const owner = ownerOf(place);
    // The account after the last subgraph's is nobody's.
    return owner === undefined ? subgraphs.length : subgraphs.indexOf(owner);
  });
  const begins = first === undefined ? -1 : subgraphs.indexOf(first);
  return {
    subgraphs,
    estimates: (variables) => estimates.map((amount) => valueOf(amount, variables)),
    count(data, variables, tally: Tally) {
      if (begins >= 0) tally[begins] = (tally[begins] ?? 0) + cost.base;
      count(data, variables, tally);
    },
  };
}

/** Which subgraph brings what stands at a place of the answer; the first of several. */
function ownersOf(plan: QueryPlan): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  const own = (place: string, subgraph: string): void => {
    if (!owners.has(place)) owners.set(place, subgraph);
  };
  const read = (fetch: FetchNode, path: PlanPath): void => {
    const { top, places } = fetchFields(fetch, path);
    for (const place of places.keys()) own(place, fetch.serviceName);
    for (const { key } of top) own(below(placeOf(path), key), fetch.serviceName);
  };
  const walk = (node: PlanNode | undefined, path: PlanPath): void => {
    if (!node || node.kind === 'Defer') return;
    if (node.kind === 'Fetch') read(node, path);
    else if (node.kind === 'Flatten') walk(node.node, [...path, ...node.path.map(String)]);
    else if (node.kind === 'Condition') {
      walk(node.ifClause, path);
      walk(node.elseClause, path);
    } else for (const child of node.nodes) walk(child, path);
  };
  const { node } = plan;
  if (node?.kind === 'Subscription') {
    read(node.primary, []);
    walk(node.rest, []);
  } else walk(node, []);
  return owners;
}
