import type { Role } from '@souk/kit/auth';
import { SignJWT } from 'jose';
import { scopesOf } from '../domain/scopes.js';
import { ALGORITHM, type KeyRing } from './key-ring.js';

/** How long an access token is good for, in milliseconds. */
export const ACCESS_TOKEN_LIFETIME_MS = 15 * 60_000;

/** Whom access tokens are for: the gateway of the shop. */
export const AUDIENCE = 'souk';

/** Signs access tokens. */
export type IssueAccessToken = (session: {
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: readonly Role[];
}) => Promise<{ readonly accessToken: string; readonly expiresAt: Date }>;

/** @example const { accessToken, expiresAt } = await issue({ userId, sessionId, roles }); */
export function createAccessTokens(deps: {
  keyRing: KeyRing;
  issuer: string;
  clock: () => Date;
  newId: () => string;
}): IssueAccessToken {
  const { keyRing, issuer, clock, newId } = deps;
  return async ({ userId, sessionId, roles }) => {
    const { kid, key } = await keyRing.signer();
    // A JWT counts in whole seconds: what the client is told is exactly what the token says.
    const issuedAt = Math.floor(clock().getTime() / 1000);
    const expiresAt = issuedAt + ACCESS_TOKEN_LIFETIME_MS / 1000;
    const accessToken = await new SignJWT({ sid: sessionId, roles, scope: scopesOf(roles).join(' ') })
      .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(AUDIENCE)
      .setSubject(userId)
      .setJti(newId())
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key);
    return { accessToken, expiresAt: new Date(expiresAt * 1000) };
  };
}
