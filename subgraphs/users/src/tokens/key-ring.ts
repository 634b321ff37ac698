import { type CryptoKey, type JWK, exportJWK, generateKeyPair, importJWK } from 'jose';
import { nextKeyStart, retiredKeys, signingKeyAt } from '../domain/key-schedule.js';
import type { UsersDatabase } from '../store/database.js';
import { type SigningKeyRecord, rotateKeys } from '../store/signing-keys.js';

/** The signature algorithm of access tokens (RFC 8037), over the curve Ed25519. */
export const ALGORITHM = 'EdDSA';

/** A set of public keys (RFC 7517). */
export interface JsonWebKeySet {
  readonly keys: JWK[];
}

/** The keys of all replicas, as this one knows them. */
export interface KeyRing {
  /** Looks at the stored keys again, and rotates them if it is time. */
  refresh(): Promise<void>;
  /** The key to sign with now. */
  signer(): Promise<{ readonly kid: string; readonly key: CryptoKey }>;
  /** The public keys of all tokens that are good now or will be signed soon. */
  jwks(): Promise<JsonWebKeySet>;
}

async function createKey(deps: { clock: () => Date; newId: () => string }, signsFrom: Date) {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const kid = deps.newId();
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' };
  return { kid, createdAt: deps.clock(), signsFrom, publicJwk, privateJwk: await exportJWK(privateKey) };
}

/**
 * The keys are read on first use, and made if there are none.
 *
 * @example const ring = createKeyRing({ database, clock, newId }); const { kid, key } = await ring.signer();
 */
export function createKeyRing(deps: {
  database: UsersDatabase;
  clock: () => Date;
  newId: () => string;
}): KeyRing {
  const { database, clock } = deps;
  const imported = new Map<string, CryptoKey>();
  let known: Promise<readonly SigningKeyRecord[]> | undefined;

  const read = (): Promise<readonly SigningKeyRecord[]> =>
    rotateKeys(database, async (keys) => {
      const start = nextKeyStart(keys, clock());
      const retire = retiredKeys(keys, clock());
      return start ? { add: await createKey(deps, start), retire } : { retire };
    });
  const keys = (): Promise<readonly SigningKeyRecord[]> => {
    known ??= read();
    // A failure is not kept: the next caller tries again.
    known.catch(() => (known = undefined));
    return known;
  };

  return {
    async refresh() {
      const fresh = await read();
      known = Promise.resolve(fresh);
      const kids = new Set(fresh.map(({ kid }) => kid));
      for (const kid of imported.keys()) if (!kids.has(kid)) imported.delete(kid);
    },
    async signer() {
      const current = signingKeyAt(await keys(), clock());
      if (!current) throw new Error('No signing key is due yet. Set the clock of this machine right.');
      const { kid, privateJwk } = current;
      let key = imported.get(kid);
      if (!key) {
        // An OKP key becomes a CryptoKey; only symmetric ones come back as bytes.
        key = (await importJWK(privateJwk, ALGORITHM)) as CryptoKey;
        imported.set(kid, key);
      }
      return { kid, key };
    },
    jwks: async () => ({ keys: (await keys()).map(({ publicJwk }) => publicJwk) }),
  };
}
