import { createHash, createHmac, randomBytes } from 'node:crypto';
import { refreshExpiry } from '../domain/session-family.js';
import type { StoredToken } from '../store/sessions.js';

/** What is stored of a refresh token. Its 256 random bits need no salt and no slow hash. */
export const hashRefreshToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest());

/** A refresh token, and what is stored of it. */
export interface NewToken {
  readonly token: string;
  readonly stored: StoredToken;
}

/** Makes a refresh token: opaque to clients, 256 bits, as base64url. */
export const createRefreshToken = (now: Date): NewToken => toNew(randomBytes(32), now);

/** Something random for {@link succeedRefreshToken}. */
export const createSeed = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(32));

/**
 * Makes the token that follows another one: the same each time, but only for who knows both that one and the seed. The
 * first is nowhere stored, the second told to nobody.
 */
export const succeedRefreshToken = (token: string, seed: Uint8Array, now: Date): NewToken =>
  toNew(createHmac('sha256', seed).update(token).digest(), now);

function toNew(bits: Buffer, now: Date): NewToken {
  const token = bits.toString('base64url');
  return { token, stored: { hash: hashRefreshToken(token), issuedAt: now, expiresAt: refreshExpiry(now) } };
}
