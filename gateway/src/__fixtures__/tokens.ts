import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';
import type { Issuer } from '../identity/issuer.js';

export const ISSUER = 'https://souk.test';

/** An issuer of access tokens, and somebody who would like to be one. */
export interface TokenMint {
  readonly issuer: Issuer;
  readonly jwks: () => JSONWebKeySet;
  sign(claims: JWTPayload, expires?: string | number): Promise<string>;
  /** The same claims under a key that the issuer does not know. */
  forge(claims: JWTPayload): Promise<string>;
}

/** @param kid names the signing key @default 'k1' */
export async function createTokenMint(kid = 'k1'): Promise<TokenMint> {
  const [own, foreign] = await Promise.all([generateKeyPair('EdDSA'), generateKeyPair('EdDSA')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid, alg: 'EdDSA', use: 'sig' };
  const jwks = () => ({ keys: [jwk] });
  const signWith = (key: Parameters<SignJWT['sign']>[0], claims: JWTPayload, expires: string | number) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .setIssuer(claims.iss ?? ISSUER)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(key);
  return {
    issuer: { issuer: ISSUER, jwks },
    jwks,
    sign: (claims, expires = '5m') => signWith(own.privateKey, claims, expires),
    forge: (claims) => signWith(foreign.privateKey, claims, '5m'),
  };
}
