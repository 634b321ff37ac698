import type { FetchGroup } from './fetch-group.js';

/**
 * Keeps @apollo/query-planner from forgetting on what a step depends. Of `{ boxes { next { shipping duty @include(if: $full) } } }`,
 * where `next`, `shipping` and `duty` are of one subgraph and require the `weight` and the `price` of another, it makes
 * four steps: `weight`, then `shipping`; under the condition `price`, then `duty`. The step for `duty` has no condition of
 * its own: it is fetched under that of the step before. When `weight` and `price` become one step, nothing is left of the
 * condition, and `shipping` and `duty` become one as well, whose boxes must bring the price: `shipping` would be null
 * without an error while the condition says no.
 *
 * Steps still become one. But those that come after them remember the condition, and stay apart from others if they
 * bring more along than these.
 */
export function mendLostConditions(prototype: FetchGroup): void {
  const { canMergeSiblingIn, cloneShallow, mergeInInternal, mergeInWithAllDependencies, mergeSiblingIn } =
    prototype;
  prototype.mergeInInternal = function (merged, path, withParents) {
    const isWithin = merged.isDescendantOf(this);
    const before = [this, merged].map((step) => ({
      given: new Set([...dependsOn(step), ...(isWithin ? dependsOn(this) : NONE)]),
      children: [...step.children()],
    }));
    mergeInInternal.call(this, merged, path, withParents);
    const after = dependsOn(this);
    for (const { given, children } of before) {
      const isLost = [...given].filter((condition) => !after.has(condition));
      for (const child of children) if (child !== merged) remember(child, isLost);
    }
  };
  prototype.mergeSiblingIn = function (sibling) {
    rememberShared(this, sibling);
    mergeSiblingIn.call(this, sibling);
  };
  prototype.mergeInWithAllDependencies = function (other) {
    rememberShared(this, other);
    mergeInWithAllDependencies.call(this, other);
  };
  // The planner goes on with copies of what it has made so far.
  prototype.cloneShallow = function (graph) {
    const copy = cloneShallow.call(this, graph);
    const conditions = remembered.get(this);
    if (conditions) remembered.set(copy, conditions);
    return copy;
  };
  prototype.canMergeSiblingIn = function (sibling) {
    return canMergeSiblingIn.call(this, sibling) && (!isOptimizing || mayBecomeOne(this, sibling));
  };
}

/**
 * Steps are kept apart while the planner optimizes them, and at no other time: while it still makes steps, it puts a copy
 * of a step back into the step itself, and throws if it may not.
 */
export function watchOptimizing(graph: FetchGroup['dependencyGraph']): void {
  const { mergeChildFetchesForSameSubgraphAndPath: optimize } = graph;
  graph.mergeChildFetchesForSameSubgraphAndPath = function (step) {
    const before = isOptimizing;
    isOptimizing = true;
    try {
      optimize.call(this, step);
    } finally {
      isOptimizing = before;
    }
  };
}

let isOptimizing = false;

/** Conditions of steps before, which those do not have any more. */
const remembered = new WeakMap<FetchGroup, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();

/** What comes after the step is fetched only if all of these hold. */
function dependsOn(step: FetchGroup): ReadonlySet<string> {
  const conditions = step.conditions();
  const own = typeof conditions === 'boolean' ? [] : conditions;
  return new Set([
    ...(remembered.get(step) ?? NONE),
    ...own.map(({ variable, negated }) => `@${negated ? 'skip' : 'include'}(if: $${variable.name})`),
  ]);
}

function remember(step: FetchGroup, conditions: readonly string[]): void {
  const brings = (step.inputs?.selectionSets() ?? []).flatMap((set) => set.selections()).map(String);
  // A step whose objects are brought along under the same condition has it of its own.
  const missing = conditions.filter((condition) => !brings.every((text) => text.includes(condition)));
  if (missing.length > 0) remembered.set(step, new Set([...(remembered.get(step) ?? NONE), ...missing]));
}

/** Two steps become one that is due if one of them is; what comes after them is not. */
function rememberShared(step: FetchGroup, other: FetchGroup): void {
  const ofStep = remembered.get(step) ?? NONE;
  const ofOther = remembered.get(other) ?? NONE;
  if (isSame(ofStep, ofOther)) return;
  for (const child of step.children()) remember(child, [...ofStep]);
  for (const child of other.children()) remember(child, [...ofOther]);
  if (ofStep.size === 0 || ofOther.size === 0) remembered.delete(step);
  else remembered.set(step, new Set([[asText(ofStep), asText(ofOther)].sort().join(' or ')]));
}

/** True if nobody has to bring along what is fetched under another's condition only. */
function mayBecomeOne(step: FetchGroup, other: FetchGroup): boolean {
  const ofStep = remembered.get(step) ?? NONE;
  const ofOther = remembered.get(other) ?? NONE;
  if (isSame(ofStep, ofOther) || !step.inputs || !other.inputs) return true;
  return (
    (ofStep.size === 0 || other.inputs.contains(step.inputs)) &&
    (ofOther.size === 0 || step.inputs.contains(other.inputs))
  );
}

const asText = (conditions: ReadonlySet<string>): string => [...conditions].sort().join(' ');

const isSame = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  asText(some) === asText(others);
