import type { CompositeType, OperationPath, Selection, SelectionSet } from '@apollo/federation-internals';

/** What is used of the planner's own class for a step of a plan, which it does not export. */
export interface FetchGroup {
  /** The type whose fields the step selects, as the step's subgraph knows it. */
  readonly parentType: CompositeType;
  readonly selection: SelectionSet;
  /** What each object brings along; undefined for a step that asks root fields. */
  readonly inputs: { selectionSets(): readonly SelectionSet[] } | undefined;
  /** Those of `@skip` and `@include` that all of the selection shares. */
  conditions():
    boolean | readonly { readonly variable: { readonly name: string }; readonly negated: boolean }[];
  addAtPath(path: OperationPath, selection?: Selection | SelectionSet | readonly Selection[]): void;
  canMergeChildIn(child: FetchGroup): boolean;
  canMergeSiblingIn(sibling: FetchGroup): boolean;
  isDescendantOf(other: FetchGroup): boolean;
  mergeInWithAllDependencies(other: FetchGroup): void;
  /** The steps that come before it at once. */
  parents(): readonly { readonly group: FetchGroup }[];
  /** Leaves out what each object brings along anyway. */
  removeInputsFromSelection(): void;
}
