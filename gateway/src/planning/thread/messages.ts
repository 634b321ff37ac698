import type { SupergraphToPlan } from '../supergraph-to-plan.js';

/** What the thread is given when it starts. */
export type ThreadData = SupergraphToPlan;

/** One operation to plan. The thread gets the next one when it has answered. */
export interface PlanQuestion {
  /** The whole document. */
  readonly document: string;
  /** Which of its operations. */
  readonly name: string | undefined;
  /** Labels of `@override` that are on. */
  readonly labels: readonly string[];
}

/** What the thread says: that it is ready for questions, then one answer each. */
export type ThreadMessage =
  | { readonly kind: 'ready' }
  /** The plan as JSON: cheaper to bring over than an object, and what stores keep. */
  | { readonly kind: 'plan'; readonly plan: string }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string | undefined };
