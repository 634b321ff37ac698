/** How long a refresh token is good for, in milliseconds; each use starts the time anew. */
export const REFRESH_TOKEN_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** A sign-in: the family of refresh tokens that descend from it. */
export interface SessionFamily {
  readonly id: string;
  readonly userId: string;
  readonly revokedAt: Date | null;
}

/** A member of the family. */
export interface FamilyToken {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** What to do about a refresh token that was presented. */
export type RefreshDecision =
  | { readonly type: 'rotate' }
  /** Somebody holds a copy: nobody in the family can be believed any more. */
  | { readonly type: 'revoke-family'; readonly reason: 'token reused' }
  | { readonly type: 'refuse'; readonly reason: 'revoked' | 'expired' };

/**
 * Decides what a presented refresh token does. There is no grace for a second use: see ADR 0030.
 *
 * @example decideRefresh(family, token, clock()).type === 'rotate'
 */
export function decideRefresh(family: SessionFamily, token: FamilyToken, now: Date): RefreshDecision {
  if (family.revokedAt) return { type: 'refuse', reason: 'revoked' };
  if (token.usedAt) return { type: 'revoke-family', reason: 'token reused' };
  if (token.expiresAt <= now) return { type: 'refuse', reason: 'expired' };
  return { type: 'rotate' };
}

/** When a refresh token issued now expires. */
export const refreshExpiry = (now: Date): Date => new Date(now.getTime() + REFRESH_TOKEN_LIFETIME_MS);
