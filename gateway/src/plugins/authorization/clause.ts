import type { Identity } from '../../identity/identity.js';

/**
 * One demand of the schema. `anyOf` is a choice between sets: somebody must have everything in at least one of them.
 * Equal demands are one object, so that each is decided once for a request.
 */
export type Clause =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'scopes'; readonly anyOf: readonly (readonly string[])[] }
  | { readonly kind: 'policies'; readonly anyOf: readonly (readonly string[])[] };

/**
 * Whether somebody meets a demand.
 *
 * @param granted policies that hold for this request
 * @example meets(identity, { kind: 'scopes', anyOf: [['STAFF'], ['ADMIN']] }, NONE)
 */
export function meets(identity: Identity, clause: Clause, granted: ReadonlySet<string>): boolean {
  switch (clause.kind) {
    case 'authenticated':
      return identity.viewer.kind !== 'anonymous';
    case 'scopes':
      return holdsAny(identity.scopes, clause.anyOf);
    case 'policies':
      return holdsAny(granted, clause.anyOf);
  }
}

const holdsAny = (held: ReadonlySet<string>, anyOf: readonly (readonly string[])[]): boolean =>
  anyOf.some((all) => all.every((one) => held.has(one)));
