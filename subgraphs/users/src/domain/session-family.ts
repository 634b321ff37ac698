/** How long a refresh token is good for, in milliseconds; each use starts the time anew. */
export const REFRESH_TOKEN_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** A sign-in: the family of refresh tokens that descend from it. */
export interface SessionFamily {
  readonly id: string;
  readonly userId: string;
  readonly revokedAt: Date | null;
}

/**
 * How long the use of a token may be repeated, in milliseconds: by whoever did not get the answer, or by another tab
 * that did not know of it yet. It ends earlier, once the successor is used.
 */
export const REPEAT_WINDOW_MS = 60_000;

/** A member of the family. */
export interface FamilyToken {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  /** What its use gave, as far as that can be given again. */
  readonly successor: { readonly usedAt: Date | null } | null;
}

/** What to do about a refresh token that was presented. */
export type RefreshDecision =
  | { readonly type: 'rotate' }
  /** Its use is repeated: the same successor is given again. */
  | { readonly type: 'repeat' }
  /** Somebody holds a copy: nobody in the family can be believed any more. */
  | { readonly type: 'revoke-family'; readonly reason: 'token reused' }
  | { readonly type: 'refuse'; readonly reason: 'revoked' | 'expired' };

/**
 * Decides what a presented refresh token does. A second use gives the same as the first for a minute, as long as
 * nobody has gone on from there, and ends the family otherwise: see ADR 0182.
 *
 * @example decideRefresh(family, token, clock()).type === 'rotate'
 */
export function decideRefresh(family: SessionFamily, token: FamilyToken, now: Date): RefreshDecision {
  if (family.revokedAt) return { type: 'refuse', reason: 'revoked' };
  if (token.usedAt) {
    return mayRepeat(token, now) ? { type: 'repeat' } : { type: 'revoke-family', reason: 'token reused' };
  }
  if (token.expiresAt <= now) return { type: 'refuse', reason: 'expired' };
  return { type: 'rotate' };
}

const mayRepeat = ({ usedAt, successor }: FamilyToken, now: Date): boolean =>
  usedAt !== null && successor?.usedAt === null && now.getTime() - usedAt.getTime() <= REPEAT_WINDOW_MS;

/** When a refresh token issued now expires. */
export const refreshExpiry = (now: Date): Date => new Date(now.getTime() + REFRESH_TOKEN_LIFETIME_MS);
