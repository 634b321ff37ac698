import { MultiMap } from '@apollo/federation-internals';
import type { FetchGroup } from './fetch-group.js';
import { mendLostConditions, watchOptimizing } from './lost-conditions.js';
import { mendRequirementsOfRequirements } from './requirements-of-requirements.js';
import { mendInterfaceObjects } from './steps-of-interface-objects.js';

/**
 * Keeps @apollo/query-planner from making one step of two that wait for each other: its graph of steps would go in a
 * circle then, and it would walk there until the memory is full, which ends the whole process, since no limit of a
 * thread stops an array that grows. It happens with `@requires` on an `@interfaceObject`:
 * `{ top { shout ... on Song { shout title } } }`. Both steps stay, and the plan is right.
 *
 * The class is not exported. The first of its objects that is put into one of the planner's maps leads to it.
 */
export function mergeWithoutCycles(): void {
  if (isWatching) return;
  isWatching = true;
  const { add } = MultiMap.prototype;
  MultiMap.prototype.add = function (key: unknown, value: unknown) {
    if (isFetchGroup(value)) {
      MultiMap.prototype.add = add;
      const prototype = Object.getPrototypeOf(value) as FetchGroup;
      watchOptimizing(Object.getPrototypeOf(value.dependencyGraph) as FetchGroup['dependencyGraph']);
      mendLostConditions(prototype);
      mendInterfaceObjects(prototype);
      mendRequirementsOfRequirements(prototype);
      keepApart(prototype);
    }
    return add.call(this, key, value);
  };
}

let isWatching = false;

function keepApart(prototype: FetchGroup): void {
  const { mergeInWithAllDependencies } = prototype;
  prototype.mergeInWithAllDependencies = function (other) {
    if (this.isDescendantOf(other) || other.isDescendantOf(this)) return;
    mergeInWithAllDependencies.call(this, other);
  };
}

const isFetchGroup = (value: unknown): value is FetchGroup =>
  typeof value === 'object' &&
  value !== null &&
  'mergeInWithAllDependencies' in value &&
  'isDescendantOf' in value;
