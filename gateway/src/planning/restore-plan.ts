import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { isStandIn, originalName, restoreOperation, type StandInUses } from './stand-in.js';
import { splitFetch } from './split-fetch.js';

/** Gives a plan the real names of fields back; the answers keep the stand-ins as their keys. */
export function restorePlan(plan: QueryPlan, uses: StandInUses): QueryPlan {
  const { node } = plan;
  if (!node) return plan;
  if (node.kind !== 'Subscription') return { ...plan, node: restoreNode(node, uses) };
  const { primary, rest } = node;
  return {
    ...plan,
    node: {
      ...node,
      primary: restoreFetch(primary),
      ...(rest ? { rest: restoreNode(rest, uses) } : {}),
    },
  };
}

function restoreNode(node: PlanNode, uses: StandInUses): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((child) => restoreNode(child, uses)) };
    case 'Flatten':
      return { ...node, node: restoreNode(node.node, uses) };
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause ? { ifClause: restoreNode(node.ifClause, uses) } : {}),
        ...(node.elseClause ? { elseClause: restoreNode(node.elseClause, uses) } : {}),
      };
    case 'Fetch': {
      const [first, ...others] = splitFetch(node, uses).map(restoreFetch);
      if (!first || others.length > 0)
        return { kind: 'Parallel', nodes: [...(first ? [first] : []), ...others] };
      return first;
    }
    case 'Defer':
      return node;
  }
}

function restoreFetch(fetch: FetchNode): FetchNode {
  const { operationDocumentNode: _outdated, ...rest } = fetch;
  return {
    ...rest,
    operation: restoreOperation(fetch.operation),
    ...(fetch.requires ? { requires: fetch.requires.map(restoreRequired) } : {}),
  };
}

/** The value is read under the stand-in (`alias`) and sent under the field's own name. */
function restoreRequired(selection: QueryPlanSelectionNode): QueryPlanSelectionNode {
  const nested = selection.selections ? { selections: selection.selections.map(restoreRequired) } : {};
  if (selection.kind === 'InlineFragment')
    return { ...selection, selections: selection.selections.map(restoreRequired) };
  if (!isStandIn(selection.name)) return { ...selection, ...nested };
  return {
    ...selection,
    ...nested,
    alias: selection.alias ?? selection.name,
    name: originalName(selection.name),
  };
}
