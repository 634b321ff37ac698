import type { Identity } from '../../identity/identity.js';

/**
 * One demand of the schema. `anyOf` is a choice between sets: somebody must have everything in at least one of them.
 * Equal demands are one object, so that each is decided once for a request.
 */
export type Clause =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'scopes'; readonly anyOf: readonly (readonly string[])[] }
  | { readonly kind: 'policies'; readonly anyOf: readonly (readonly string[])[] };

/** What was found out about policies; one that is not in it could not be decided. */
export type Decisions = ReadonlyMap<string, boolean>;

/** `undecided` means that policies which could not be decided would make the difference. */
export type Outcome = 'met' | 'unmet' | 'undecided';

/**
 * Whether somebody meets a demand.
 * @example outcomeOf({ kind: 'scopes', anyOf: [['STAFF'], ['ADMIN']] }, identity, new Map())
 */
export function outcomeOf(clause: Clause, { viewer, scopes }: Identity, decisions: Decisions): Outcome {
  switch (clause.kind) {
    case 'authenticated':
      return viewer.kind === 'anonymous' ? 'unmet' : 'met';
    case 'scopes':
      return clause.anyOf.some((all) => all.every((scope) => scopes.has(scope))) ? 'met' : 'unmet';
    case 'policies':
      if (clause.anyOf.some((all) => all.every((policy) => decisions.get(policy) === true))) return 'met';
      return clause.anyOf.some((all) => all.every((policy) => decisions.get(policy) !== false))
        ? 'undecided'
        : 'unmet';
  }
}
