import type { QueryPlan } from '@apollo/query-planner';
import { type ExecutionResult, OperationTypeNode } from 'graphql';
import type { ExecutionRequest } from '../../execution/executor.js';
import { EVENT_SERVICE } from './service-map.js';

/** The event that a subscription's first step delivers, and the subgraph it came from. */
export interface EventOfPlan {
  readonly subgraph: string;
  readonly result: ExecutionResult;
}

/**
 * Turns a subscription plan plus one event into a plan that can run: the step that would open the stream becomes a
 * fetch that the event answers. Other plans pass unchanged.
 */
export function asRunnable({ plan, event }: ExecutionRequest): { plan: QueryPlan; event?: EventOfPlan } {
  const { node } = plan;
  if (node?.kind !== 'Subscription') return { plan };
  if (!event) throw new Error('A subscription plan runs once per event: pass the event.');
  const { primary, rest } = node;
  const first = { ...primary, serviceName: EVENT_SERVICE, operationKind: OperationTypeNode.QUERY };
  return {
    plan: { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: rest ? [first, rest] : [first] } },
    event: { subgraph: primary.serviceName, result: event },
  };
}
