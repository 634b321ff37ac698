import type { RequestContext } from '@souk/kit/subgraph';

/**
 * With whom an answer may be shared, as part of a cache key. What is public is shared by everybody with the same
 * roles, since staff may be shown more than shoppers are. What is private belongs to one user, one cart, or one user
 * with one cart. Nobody shares with somebody whose headers tell subgraphs something else.
 *
 * @param forwarded what of the client's headers reaches subgraphs
 * @returns undefined for a private answer to somebody who cannot be told apart from others: it is not kept
 */
export function audienceOf(
  { viewer, cartToken }: RequestContext,
  isPrivate: boolean,
  forwarded?: string,
): string | undefined {
  const told = forwarded === undefined ? '' : `${JSON.stringify(forwarded)} `;
  if (!isPrivate) return `${told}as ${viewer.kind === 'user' ? rolesOf(viewer.roles) : viewer.kind}`;
  if (viewer.kind !== 'user' && cartToken === undefined) return undefined;
  // Roles too: they may be taken away.
  const user = viewer.kind === 'user' ? [viewer.userId, rolesOf(viewer.roles)] : viewer.kind;
  return told + JSON.stringify([user, cartToken ?? null]);
}

const rolesOf = (roles: readonly string[]): string =>
  roles.length > 1 ? [...roles].sort().join('+') : (roles[0] ?? '');
