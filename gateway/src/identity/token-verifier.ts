import type { Role, Viewer } from '@souk/kit/auth';
import { AppError } from '@souk/kit/errors';
import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import { ANONYMOUS_IDENTITY, type Identity } from './identity.js';

/** Somebody whose access tokens are accepted. */
export interface Issuer {
  /** The `iss` claim, exactly. */
  readonly issuer: string;
  /** Where the public keys are: a URL, or a function for an issuer that lives in this process. */
  readonly jwks: URL | (() => JSONWebKeySet | Promise<JSONWebKeySet>);
  /** The `aud` claim that tokens must carry. @default undefined: any */
  readonly audience?: string;
}

/**
 * Reads an `authorization` header.
 * @throws AppError UNAUTHENTICATED for a token that does not hold, UNAVAILABLE while the issuer's keys are out of reach.
 */
export type VerifyAuthorization = (authorization: string | undefined) => Promise<Identity>;

/** Asymmetric only: with a shared-secret algorithm a public key could be used to forge tokens. */
const ALGORITHMS = ['EdDSA', 'RS256', 'ES256'];
const ROLES: ReadonlySet<string> = new Set<Role>(['CUSTOMER', 'STAFF', 'ADMIN']);
const SIGN_IN = 'Sign in again, or send no authorization header to go on as a guest.';

const refused = (message: string, cause?: unknown): AppError =>
  new AppError('UNAUTHENTICATED', message, { cause });

/**
 * Verifies access tokens against the keys of a list of issuers. Keys are cached, and fetched again when a token names
 * one that is not known yet.
 *
 * @example const verify = createTokenVerifier([{ issuer: 'https://souk', jwks: new URL('http://users:4000/.well-known/jwks.json') }]);
 */
export function createTokenVerifier(issuers: readonly Issuer[]): VerifyAuthorization {
  const known = new Map(issuers.map((issuer) => [issuer.issuer, { ...issuer, keys: keysOf(issuer) }]));
  return async (authorization) => {
    if (authorization === undefined) return ANONYMOUS_IDENTITY;
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) {
      throw refused(`The authorization header must read "Bearer <accessToken>". ${SIGN_IN}`);
    }
    const issuer = known.get(issuerOf(token) ?? '');
    if (!issuer) throw refused(`The access token comes from an issuer this shop does not know. ${SIGN_IN}`);
    try {
      const { payload } = await jwtVerify(token, issuer.keys, {
        issuer: issuer.issuer,
        algorithms: ALGORITHMS,
        requiredClaims: ['sub', 'exp'],
        ...(issuer.audience === undefined ? {} : { audience: issuer.audience }),
      });
      return identityOf(payload);
    } catch (error) {
      throw translate(error);
    }
  };
}

function keysOf({ jwks }: Issuer) {
  const timeoutDuration = 3_000;
  if (jwks instanceof URL) return createRemoteJWKSet(jwks, { timeoutDuration, cooldownDuration: 5_000 });
  // The same cache as over the network; only the fetch stays in this process, and needs no cool-down: a token signed
  // with a new key must hold from the first moment.
  const fetchKeys = async (): Promise<Response> => Response.json(await jwks());
  return createRemoteJWKSet(new URL('in-process:jwks'), {
    timeoutDuration,
    cooldownDuration: 0,
    [customFetch]: fetchKeys,
  });
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    throw refused(`The access token is malformed. ${SIGN_IN}`, error);
  }
}

function identityOf(payload: JWTPayload): Identity {
  const { roles, scope } = payload as { roles?: unknown; scope?: unknown };
  const scopes = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
  const isRole = (role: unknown): role is Role => typeof role === 'string' && ROLES.has(role);
  const held = (Array.isArray(roles) ? roles : scopes).filter(isRole);
  const viewer: Viewer = { kind: 'user', userId: payload.sub ?? '', roles: held };
  return {
    viewer,
    scopes: new Set([...scopes, ...held]),
    claims: payload,
    expiresAt: new Date((payload.exp ?? 0) * 1000),
  };
}

function translate(error: unknown): AppError {
  if (error instanceof errors.JWTExpired) {
    return refused(
      'The access token has expired. Call refreshSession without it, then repeat the request.',
      error,
    );
  }
  const keysOutOfReach =
    !(error instanceof errors.JOSEError) ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC';
  if (keysOutOfReach) {
    return new AppError('UNAVAILABLE', 'The access token cannot be checked right now. Try again shortly.', {
      cause: error,
    });
  }
  return refused(`The access token is not valid. ${SIGN_IN}`, error);
}
