import type { Role } from '@souk/kit/auth';

const ALL: readonly Role[] = ['CUSTOMER', 'STAFF', 'ADMIN'];

/**
 * The scopes of an account, for the token's `scope` claim. An admin may do everything, so its token says so:
 * whoever checks a scope need not know that roles contain each other.
 */
export const scopesOf = (roles: readonly Role[]): readonly Role[] =>
  roles.includes('ADMIN') ? ALL : ALL.filter((role) => roles.includes(role));
