import { AppError } from '../errors/app-error.js';

/** What a person may do. Also the scopes of the access token. */
export type Role = 'CUSTOMER' | 'STAFF' | 'ADMIN';

/** Who asks. No identity is anonymous; a service is another subgraph acting on its own behalf. */
export type Viewer =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly userId: string; readonly roles: readonly Role[] }
  | { readonly kind: 'service'; readonly service: string };

export const ANONYMOUS: Viewer = { kind: 'anonymous' };

/** True for a user who holds one of the roles. ADMIN holds every role. */
export function hasRole(viewer: Viewer, ...roles: readonly Role[]): boolean {
  return viewer.kind === 'user' && viewer.roles.some((role) => role === 'ADMIN' || roles.includes(role));
}

/** True for staff, admins and other services: those who may see everybody's records. */
export const isInternal = (viewer: Viewer): boolean => viewer.kind === 'service' || hasRole(viewer, 'STAFF');

/**
 * The signed-in user.
 * @throws AppError UNAUTHENTICATED for everybody else.
 */
export function requireUser(viewer: Viewer): Extract<Viewer, { kind: 'user' }> {
  if (viewer.kind === 'user') return viewer;
  throw new AppError(
    'UNAUTHENTICATED',
    'Sign in first: send the header "authorization: Bearer <accessToken>".',
  );
}

/**
 * A user with one of the roles (ADMIN always passes).
 * @throws AppError UNAUTHENTICATED without a user, FORBIDDEN without the role.
 * @example requireRole(context.viewer, 'STAFF');
 */
export function requireRole(viewer: Viewer, ...roles: readonly Role[]): Extract<Viewer, { kind: 'user' }> {
  const user = requireUser(viewer);
  if (hasRole(user, ...roles)) return user;
  throw new AppError(
    'FORBIDDEN',
    `This needs the role ${roles.join(' or ')}. Sign in with an account that has it.`,
  );
}
