import type { CompositeType, OperationPath, Selection, SelectionSet } from '@apollo/federation-internals';

/** What is used of the planner's own class for a step of a plan, which it does not export. */
export interface FetchGroup {
  /** The type whose fields the step selects, as the step's subgraph knows it. */
  readonly parentType: CompositeType;
  readonly selection: SelectionSet;
  /** What each object brings along; undefined for a step that asks root fields. */
  readonly inputs: StepInputs | undefined;
  /** All steps of the plan. */
  readonly dependencyGraph: {
    /** Makes one of those steps after a step that ask one subgraph about the same objects; and so on after each of them. */
    mergeChildFetchesForSameSubgraphAndPath(step: FetchGroup): void;
  };
  /** Those of `@skip` and `@include` that all of the selection shares. */
  conditions():
    boolean | readonly { readonly variable: { readonly name: string }; readonly negated: boolean }[];
  addAtPath(path: OperationPath, selection?: Selection | SelectionSet | readonly Selection[]): void;
  canMergeChildIn(child: FetchGroup): boolean;
  canMergeSiblingIn(sibling: FetchGroup): boolean;
  /** The steps that come after it at once. */
  children(): readonly FetchGroup[];
  /** A copy for another plan. */
  cloneShallow(graph: FetchGroup['dependencyGraph']): FetchGroup;
  isDescendantOf(other: FetchGroup): boolean;
  /** What every way to make one step of two comes to. */
  mergeInInternal(merged: FetchGroup, path: OperationPath, withParents?: boolean): void;
  mergeSiblingIn(sibling: FetchGroup): void;
  mergeInWithAllDependencies(other: FetchGroup): void;
  /** The steps that come before it at once. */
  parents(): readonly { readonly group: FetchGroup }[];
  /** Leaves out what each object brings along anyway. */
  removeInputsFromSelection(): void;
}

/** What objects bring along, by type. */
interface StepInputs {
  selectionSets(): readonly SelectionSet[];
  contains(other: StepInputs): boolean;
}
