import type { QueryPlan } from '@apollo/query-planner';
import type { CancelSignal } from '@souk/kit/lifecycle';
import type { RequestContext } from '@souk/kit/subgraph';
import type { ExecutionResult } from 'graphql';
import type { CheckedOperation } from '../operation/checked-operation.js';
import type { OperationCall } from '../operation/operation-call.js';

/** Everything one run of a plan needs. */
export interface ExecutionRequest {
  readonly plan: QueryPlan;
  readonly operation: CheckedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  /** The client's operation, for whatever is done around its fetches. @default undefined: nobody in particular asks */
  readonly call?: OperationCall;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: CancelSignal;
  /**
   * For a subscription plan: one event, as the owning subgraph sent it. The rest of the plan runs on top of it.
   * @default undefined
   */
  readonly event?: ExecutionResult;
}

/**
 * Runs a query plan against the subgraphs. It always answers: what a subgraph could not deliver is `null` with an
 * error that names the subgraph, never a rejected promise.
 */
export interface Executor {
  execute(request: ExecutionRequest): Promise<ExecutionResult>;
}
