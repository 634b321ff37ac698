import { below, type FetchFields, isUnder, placeOf } from './fetch-fields.js';
import type { PlanPath } from './targets.js';

/** A fetch, as far as sharing its answers goes. */
export interface PlannedFetch {
  readonly path: PlanPath;
  readonly fields: FetchFields;
  /** True for a question about entities, false for root fields. */
  readonly isEntityFetch: boolean;
}

/**
 * How far the objects inside an answer may be shared between the places that need that entity.
 * - `everywhere`: nobody else writes into them.
 * - `here`: other fetches write below them, but what they write depends on those objects alone. Places of this fetch
 *   share; another fetch with the same question needs its own copy, since the client may have aliased things
 *   differently there.
 * - `nowhere`: somebody writes into them from above, perhaps a different thing at each place. Each place needs a copy.
 */
export type Sharing = 'everywhere' | 'here' | 'nowhere';

/** Looks through all fetches of a plan once, at compile time. */
export function sharingOf(fetch: PlannedFetch, all: readonly PlannedFetch[]): Sharing {
  const base = placeOf(fetch.path);
  const shared = fetch.fields.top.filter(({ isComposite }) => isComposite).map(({ key }) => below(base, key));
  let sharing: Sharing = 'everywhere';
  for (const other of all) {
    if (other === fetch) continue;
    for (const place of shared) {
      if (![...other.fields.places.keys()].some((written) => isUnder(written, place))) continue;
      if (!isUnder(placeOf(other.path), place)) return 'nowhere';
      sharing = 'here';
    }
  }
  return sharing;
}
