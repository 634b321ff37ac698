import { createHash, randomBytes } from 'node:crypto';
import type { Viewer } from '@souk/kit/auth';

/** Whose cart and order it is: an account, a guest who holds a cart token, or a guest without one. */
export type Buyer =
  | { readonly kind: 'account'; readonly userId: string }
  | { readonly kind: 'guest'; readonly tokenHash: Buffer }
  | { readonly kind: 'nobody' };

/** SHA-256. Tokens are 256 random bits or a MAC, so a plain hash is enough to keep them secret at rest. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A new cart token: 256 random bits. */
export const newCartToken = (): string => randomBytes(32).toString('base64url');

/** Who buys. An account comes before a cart token; a service buys nothing. */
export function buyerOf(viewer: Viewer, cartToken: string | undefined): Buyer {
  if (viewer.kind === 'user') return { kind: 'account', userId: viewer.userId };
  if (viewer.kind === 'anonymous' && cartToken) return { kind: 'guest', tokenHash: hashToken(cartToken) };
  return { kind: 'nobody' };
}
