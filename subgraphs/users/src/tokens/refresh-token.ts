import { createHash, randomBytes } from 'node:crypto';
import { refreshExpiry } from '../domain/session-family.js';
import type { StoredToken } from '../store/sessions.js';

/** What is stored of a refresh token. Its 256 random bits need no salt and no slow hash. */
export const hashRefreshToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest());

/** Makes a refresh token: opaque to clients, 256 bits, as base64url. */
export function createRefreshToken(now: Date): { readonly token: string; readonly stored: StoredToken } {
  const token = randomBytes(32).toString('base64url');
  return { token, stored: { hash: hashRefreshToken(token), issuedAt: now, expiresAt: refreshExpiry(now) } };
}
