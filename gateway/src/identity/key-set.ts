import type { Logger } from '@souk/kit/log';
import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWTHeaderParameters,
} from 'jose';
import { fetchKeys } from './fetch-keys.js';
import type { Issuer } from './issuer.js';

/** How long keys of issuers count. */
export interface KeyOptions {
  /** Keys older than this are fetched anew while the old ones go on counting, in milliseconds. @default 600000 */
  readonly refreshMs?: number;
  /** How long keys count if they cannot be fetched any more, in milliseconds. Then tokens are refused as UNAVAILABLE. @default 3600000 */
  readonly keepMs?: number;
  /** How long nothing is fetched again for a key that is not known, in milliseconds. @default 5000 */
  readonly cooldownMs?: number;
  /** How long one request for keys may take, in milliseconds. @default 3000 */
  readonly timeoutMs?: number;
}

/** While a refresh in the background fails, not every request tries another, in milliseconds. */
const BETWEEN_REFRESHES_MS = 5_000;

/** The public keys of one issuer, as fresh as they need to be. */
export interface KeySet {
  /** Another number each time the keys changed: what was verified with keys before may not hold any more. */
  readonly version: number;
  /** Whether the keys count now; has old ones fetched anew in the background. */
  areGood(): boolean;
  /**
   * The key that a token names, fetched if it is new.
   * @throws KeysOutOfReach while keys cannot be had; a JOSE error if none fits
   */
  find(header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<FoundKey>;
}

export interface FoundKey {
  readonly key: CryptoKey;
  /** Of the keys it was among. */
  readonly version: number;
}

/** It is not known whether a token holds. */
export class KeysOutOfReach extends Error {
  override readonly name = 'KeysOutOfReach';
}

export interface KeySetDeps {
  readonly logger: Logger;
  /** @default Date.now */
  readonly now?: () => number;
}

export function createKeySet(
  issuer: Issuer,
  options: KeyOptions,
  { logger, now = Date.now }: KeySetDeps,
): KeySet {
  const { refreshMs = 600_000, keepMs = 3_600_000, timeoutMs = 3_000 } = options;
  // An issuer in this process is asked at once: a token signed with a new key must hold from the first moment.
  const cooldownMs = typeof issuer.jwks === 'function' ? 0 : (options.cooldownMs ?? 5_000);
  let known: KnownKeys | undefined;
  let fetchedAt = -Infinity;
  let triedAt = -Infinity;
  let failure: unknown;
  let fetching: Promise<void> | undefined;

  const take = (keys: JSONWebKeySet): void => {
    const text = JSON.stringify(keys);
    if (known?.text !== text) {
      known = { find: createLocalJWKSet(keys), text, version: (known?.version ?? 0) + 1 };
    }
    fetchedAt = now();
    failure = undefined;
  };
  const fetchNow = async (): Promise<void> => {
    try {
      take(await fetchKeys(issuer, timeoutMs));
    } catch (error) {
      // Once for each outage: every token may try again.
      if (failure === undefined)
        logger.warn(
          { err: error, issuer: issuer.issuer },
          'the keys of an issuer of tokens cannot be fetched',
        );
      failure = error;
    } finally {
      fetching = undefined;
    }
  };
  /** One request at a time, and none so soon after another. */
  const refetch = (): Promise<void> | undefined => {
    if (fetching) return fetching;
    if (now() - triedAt < cooldownMs) return undefined;
    triedAt = now();
    return (fetching = fetchNow());
  };
  const refreshIfOld = (): void => {
    const isOld = now() - fetchedAt >= refreshMs && now() - triedAt >= BETWEEN_REFRESHES_MS;
    if (isOld) void refetch();
  };
  const isKept = (): boolean => known !== undefined && now() - fetchedAt < keepMs;

  return {
    get version() {
      return known?.version ?? 0;
    },
    areGood() {
      refreshIfOld();
      return isKept();
    },
    async find(header, token) {
      if (isKept()) refreshIfOld();
      else await refetch();
      if (!known || !isKept()) throw new KeysOutOfReach(`no keys of ${issuer.issuer}`, { cause: failure });
      try {
        return await findIn(known, header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        // Rotated, perhaps.
        await refetch();
        if (failure !== undefined)
          throw new KeysOutOfReach(`no fresh keys of ${issuer.issuer}`, { cause: failure });
        return findIn(known, header, token);
      }
    },
  };
}

interface KnownKeys {
  readonly find: ReturnType<typeof createLocalJWKSet>;
  readonly text: string;
  readonly version: number;
}

const findIn = async (
  { find, version }: KnownKeys,
  header: JWTHeaderParameters,
  token: FlattenedJWSInput,
): Promise<FoundKey> => ({ key: await find(header, token), version });
