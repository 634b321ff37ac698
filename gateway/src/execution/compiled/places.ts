import { type Collect, compileCollect } from './collect.js';
import { placeOf } from './fetch-fields.js';
import type { JsonObject } from './json.js';
import type { Run } from './run.js';
import type { PlannedFetch } from './sharing.js';
import type { PlanPath } from './targets.js';

/** A place of the answer at which a plan asks for entities. */
export interface Place {
  readonly path: PlanPath;
  /** The objects there, in the order of the data; each entity once, if the place joins equal ones. */
  readonly targets: (run: Run) => readonly JsonObject[];
  /** True if equal entities are one object there. */
  readonly joins: boolean;
}

/** The places of one plan. */
export interface Places {
  /** The place at a path: always the same for the same path. */
  readonly at: (path: PlanPath) => Place;
  /** Tells of a place (response keys with dots between) whether equal entities are one object there. */
  readonly isJoined: (name: string) => boolean;
}

/** What is known of a place when everything is compiled. */
interface Source {
  /** True if one fetch makes the objects there, and all others only add to them. */
  readonly isOne: boolean;
  /** What that fetch tells of an entity, if it is nothing but plain fields of its key. */
  readonly key: readonly string[] | undefined;
}

const NO_SOURCE: Source = { isOne: false, key: undefined };

/**
 * Finds the places of a plan. The same entity often stands at many places of an answer: where all that is known of it
 * at first is its key, equal ones are replaced by one object, so that whatever is added later is looked for, added
 * and written once.
 *
 * @param fetches all fetches of the plan; complete when the first place is asked for its targets
 * @param mayJoin false where an entity may differ from one place to the next: mutations run one after the other
 */
export function createPlaces(fetches: readonly PlannedFetch[], mayJoin: boolean): Places {
  const places = new Map<string, Place>();
  const idOf = (path: PlanPath): string => path.join('\n');

  const create = (path: PlanPath): Place => {
    const index = places.size;
    let compiled:
      | { readonly collect: Collect; readonly parent: Place | undefined; readonly isStable: boolean }
      | undefined;
    let source: Source | undefined;
    const sourceNow = (): Source => (source ??= mayJoin ? sourceOf(path, fetches) : NO_SOURCE);

    const compile = () => {
      const parent = nearestPlace(path, (prefix) => places.get(idOf(prefix)));
      const { isOne, key } = sourceNow();
      const steps = path.slice(parent?.path.length ?? 0);
      return { collect: compileCollect(steps, key), parent, isStable: isOne };
    };
    return {
      path,
      get joins() {
        return sourceNow().key !== undefined;
      },
      targets(run) {
        const before = run.targets[index];
        if (before) return before;
        const { collect, parent, isStable } = (compiled ??= compile());
        const found: JsonObject[] = [];
        collect(parent ? parent.targets(run) : [run.data], found);
        if (isStable) run.targets[index] = found;
        return found;
      },
    };
  };

  return {
    at(path) {
      const id = idOf(path);
      const known = places.get(id) ?? create(path);
      places.set(id, known);
      return known;
    },
    isJoined: (name) => [...places.values()].some((place) => place.joins && placeOf(place.path) === name),
  };
}

/** The longest path to another place that this one goes on from. */
function nearestPlace(path: PlanPath, find: (prefix: PlanPath) => Place | undefined): Place | undefined {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const place = find(path.slice(0, length));
    // Only where equal ones are joined is the way from there shorter.
    if (place?.joins) return place;
  }
  return undefined;
}

function sourceOf(path: PlanPath, fetches: readonly PlannedFetch[]): Source {
  const place = placeOf(path);
  const id = path.join('\n');
  let found: Source = NO_SOURCE;
  for (const fetch of fetches) {
    const fields = fetch.fields.places.get(place);
    if (!fields) continue;
    if (fetch.path.join('\n') === id) {
      // Root fields of a Query further down belong to no entity.
      if (!fetch.isEntityFetch) return NO_SOURCE;
      continue;
    }
    if (found.isOne) return NO_SOURCE;
    const isPlain = [...fields.values()].every((isComposite) => !isComposite);
    found = { isOne: true, key: isPlain && fields.has('__typename') ? [...fields.keys()] : undefined };
  }
  return found;
}
