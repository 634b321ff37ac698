import type { Role, Viewer } from '@souk/kit/auth';
import type { JWTPayload } from 'jose';
import type { Identity } from './identity.js';

/** Where an issuer writes down what somebody may do. */
export interface ClaimsOptions {
  /**
   * Claims that list roles; a dot goes into an object (`realm_access.roles`). A token that has none of them takes its
   * roles from its scopes.
   * @default ['roles']
   */
  readonly roles?: readonly string[];
  /** Claims that list scopes, as a text with spaces or as an array. @default ['scope', 'scp'] */
  readonly scopes?: readonly string[];
  /**
   * What the issuer calls the shop's roles, its names on the left; other names give none.
   * @default {}: it calls them CUSTOMER, STAFF and ADMIN
   */
  readonly roleNames?: Readonly<Record<string, Role>>;
  /**
   * Goes before the subject in the ids of users. Issuers that do not share their users need different ones, or the
   * user 7 of one would be the user 7 of the other.
   * @default ''
   */
  readonly userPrefix?: string;
}

const ROLES: Readonly<Record<string, Role>> = { CUSTOMER: 'CUSTOMER', STAFF: 'STAFF', ADMIN: 'ADMIN' };

/**
 * Who a verified token speaks of.
 * @param until when the token stops to count
 */
export function identityOf(payload: JWTPayload, claims: ClaimsOptions, until: Date): Identity {
  const { roles = ['roles'], scopes = ['scope', 'scp'], roleNames = ROLES, userPrefix = '' } = claims;
  const scoped = scopes.flatMap((name) => namesIn(claimOf(payload, name)) ?? []);
  const listed = roles.map((name) => namesIn(claimOf(payload, name))).filter((names) => names !== undefined);
  const names = listed.length > 0 ? listed.flat() : scoped;
  const held = [
    ...new Set(names.flatMap((name) => (Object.hasOwn(roleNames, name) ? roleNames[name] : undefined) ?? [])),
  ];
  const viewer: Viewer = { kind: 'user', userId: `${userPrefix}${payload.sub ?? ''}`, roles: held };
  return { viewer, scopes: new Set([...scoped, ...held]), claims: payload, expiresAt: until };
}

/** Names with dots in them (`https://shop.example/roles`) are claims of their own first. */
function claimOf(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? Object.getOwnPropertyDescriptor(value, key)?.value
          : undefined,
      payload,
    );
}

function namesIn(claim: unknown): string[] | undefined {
  if (typeof claim === 'string') return claim.split(' ').filter(Boolean);
  return Array.isArray(claim) ? claim.filter((name) => typeof name === 'string') : undefined;
}
