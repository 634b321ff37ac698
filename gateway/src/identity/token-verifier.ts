import { hash } from 'node:crypto';
import { AppError } from '@souk/kit/errors';
import type { Logger } from '@souk/kit/log';
import { decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { createLruMap } from '../planning/lru-map.js';
import type { Identity } from './identity.js';
import { ALGORITHMS, type Issuer } from './issuer.js';
import { createKeySet, type KeyOptions, type KeySet, KeysOutOfReach } from './key-set.js';
import { identityOf } from './read-claims.js';

export interface TokenVerifierOptions {
  /** By how much clocks may differ, in seconds. @default 0 */
  readonly clockToleranceSeconds?: number;
  /** Verified tokens that are remembered until they expire, so that a signature is not checked again. @default 10000 */
  readonly cacheSize?: number;
  /** How long keys of issuers count. */
  readonly keys?: KeyOptions;
}

export interface TokenVerifierDeps {
  readonly logger: Logger;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/**
 * Verifies an access token: at once if it is remembered.
 * @throws AppError UNAUTHENTICATED for a token that does not hold, UNAVAILABLE while the issuer's keys are out of reach.
 */
export type VerifyToken = (token: string) => Identity | Promise<Identity>;

/** Longer than any header may be; a WebSocket's messages may be longer. */
const LONGEST_TOKEN = 16_384;
const SIGN_IN = 'Sign in again, or send no token to go on as a guest.';

const refused = (message: string, cause?: unknown): AppError =>
  new AppError('UNAUTHENTICATED', message, { cause });

interface KnownIssuer extends Issuer {
  readonly keys: KeySet;
}

interface Remembered {
  readonly identity: Identity;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly keys: KeySet;
  readonly version: number;
}

/**
 * Verifies access tokens against the keys of a list of issuers. A token is remembered by its hash, never as it is, and
 * forgotten when its issuer's keys change.
 *
 * @throws Error if an issuer is named twice or may sign in a way that a public key cannot verify
 * @example const verify = createTokenVerifier([{ issuer: 'https://souk', jwks: new URL('http://users:4000/.well-known/jwks.json') }], {}, { logger });
 */
export function createTokenVerifier(
  issuers: readonly Issuer[],
  { clockToleranceSeconds = 0, cacheSize = 10_000, keys = {} }: TokenVerifierOptions,
  { logger, now = Date.now }: TokenVerifierDeps,
): VerifyToken {
  const known = new Map<string, KnownIssuer>();
  for (const issuer of issuers) {
    checkIssuer(issuer, known);
    known.set(issuer.issuer, { ...issuer, keys: createKeySet(issuer, keys, { logger, now }) });
  }
  const remembered = createLruMap<string, Remembered>(cacheSize);

  const verifyAnew = async (token: string, id: string): Promise<Identity> => {
    if (token.length > LONGEST_TOKEN) throw refused(`The access token is too long. ${SIGN_IN}`);
    const issuer = known.get(issuerOf(token) ?? '');
    if (!issuer) throw refused(`The access token comes from an issuer this shop does not know. ${SIGN_IN}`);
    const { audience } = issuer;
    let version = 0;
    const find: JWTVerifyGetKey = async (header, jws) => {
      const found = await issuer.keys.find(header, jws);
      version = found.version;
      return found.key;
    };
    try {
      const { payload } = await jwtVerify(token, find, {
        issuer: issuer.issuer,
        algorithms: [...(issuer.algorithms ?? ALGORITHMS)],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(now()),
        ...(audience === undefined
          ? {}
          : { audience: typeof audience === 'string' ? audience : [...audience] }),
      });
      const until = ((payload.exp ?? 0) + clockToleranceSeconds) * 1_000;
      const identity = identityOf(payload, issuer.claims ?? {}, new Date(until));
      if (cacheSize > 0) remembered.set(id, { identity, until, keys: issuer.keys, version });
      return identity;
    } catch (error) {
      throw translate(error);
    }
  };

  return (token) => {
    const id = hash('sha256', token, 'base64');
    const before = remembered.get(id);
    if (before && now() < before.until && before.keys.areGood() && before.version === before.keys.version)
      return before.identity;
    return verifyAnew(token, id);
  };
}

function checkIssuer({ issuer, algorithms = [] }: Issuer, known: ReadonlyMap<string, unknown>): void {
  if (known.has(issuer)) throw new Error(`The issuer "${issuer}" is named twice. Name it once.`);
  const allowed: readonly string[] = ALGORITHMS;
  const wrong = algorithms.find((algorithm) => !allowed.includes(algorithm));
  if (wrong !== undefined)
    throw new Error(
      `Tokens of "${issuer}" cannot be signed with "${wrong}". Choose from ${allowed.join(', ')}.`,
    );
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    throw refused(`The access token is malformed. ${SIGN_IN}`, error);
  }
}

function translate(error: unknown): AppError {
  if (error instanceof errors.JWTExpired) {
    return refused(
      'The access token has expired. Call refreshSession without it, then repeat the request.',
      error,
    );
  }
  if (error instanceof KeysOutOfReach || !(error instanceof errors.JOSEError)) {
    return new AppError('UNAVAILABLE', 'The access token cannot be checked right now. Try again shortly.', {
      cause: error,
    });
  }
  return refused(`The access token is not valid. ${SIGN_IN}`, error);
}
