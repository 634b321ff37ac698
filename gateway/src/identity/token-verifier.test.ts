import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { silent } from '../__fixtures__/tiny-shop.js';
import { createTokenMint, ISSUER } from '../__fixtures__/tokens.js';
import type { Issuer } from './issuer.js';
import { createTokenVerifier, type TokenVerifierOptions } from './token-verifier.js';

const START = Date.now();

/** A verifier with a clock that the test moves, in seconds. */
function verifierOf(issuers: readonly Issuer[], options: TokenVerifierOptions = {}) {
  let time = START;
  const verify = createTokenVerifier(issuers, options, { logger: silent, now: () => time });
  return { verify, pass: (seconds: number) => void (time += seconds * 1_000) };
}
const inSeconds = (seconds: number): number => Math.floor(START / 1_000) + seconds;
const UNAUTHENTICATED = { code: 'UNAUTHENTICATED' };

describe('a token that was verified', () => {
  it('is answered at once, until it expires', async () => {
    const mint = await createTokenMint();
    const { verify, pass } = verifierOf([mint.issuer]);
    const token = await mint.sign({ sub: 'u1' }, inSeconds(60));
    const first = await verify(token);
    expect(verify(token)).toBe(first);
    pass(59);
    expect(verify(token)).toBe(first);
    pass(2);
    await expect(verify(token)).rejects.toMatchObject({ ...UNAUTHENTICATED, message: /expired/ });
  });

  it('is verified again when the keys changed', async () => {
    const [old, fresh] = await Promise.all([createTokenMint('old'), createTokenMint('new')]);
    let keys = old.jwks().keys;
    const { verify } = verifierOf([{ issuer: ISSUER, jwks: () => ({ keys }) }]);
    const token = await old.sign({ sub: 'u1' });
    await verify(token);
    keys = fresh.jwks().keys;
    // Stolen and withdrawn; the next token of the new key tells.
    await verify(await fresh.sign({ sub: 'u2' }));
    await expect(verify(token)).rejects.toMatchObject(UNAUTHENTICATED);
  });

  it('makes room for others, and is not remembered at all if there is no room', async () => {
    const mint = await createTokenMint();
    const one = await mint.sign({ sub: 'u1' });
    const small = verifierOf([mint.issuer], { cacheSize: 2 }).verify;
    await small(one);
    for (const sub of ['u2', 'u3']) await small(await mint.sign({ sub }));
    expect(small(one)).toBeInstanceOf(Promise);
    const none = verifierOf([mint.issuer], { cacheSize: 0 }).verify;
    await none(one);
    expect(none(one)).toBeInstanceOf(Promise);
  });

  it('says until when it holds', async () => {
    const mint = await createTokenMint();
    const { verify } = verifierOf([mint.issuer]);
    const identity = await verify(await mint.sign({ sub: 'u1' }, inSeconds(60)));
    expect(identity.expiresAt).toEqual(new Date(inSeconds(60) * 1_000));
  });
});

describe('clocks', () => {
  it('must agree, unless some tolerance was allowed', async () => {
    const mint = await createTokenMint();
    const exact = verifierOf([mint.issuer]).verify;
    const tolerant = verifierOf([mint.issuer], { clockToleranceSeconds: 30 });
    const late = await mint.sign({ sub: 'u1' }, inSeconds(-20));
    const early = await mint.sign({ sub: 'u1', nbf: inSeconds(20) });
    const longGone = await mint.sign({ sub: 'u1' }, inSeconds(-40));
    for (const token of [late, early]) {
      await expect(exact(token)).rejects.toMatchObject(UNAUTHENTICATED);
      expect((await tolerant.verify(token)).viewer).toMatchObject({ userId: 'u1' });
    }
    await expect(tolerant.verify(longGone)).rejects.toMatchObject(UNAUTHENTICATED);
    expect(tolerant.verify(late)).not.toBeInstanceOf(Promise);
    tolerant.pass(15);
    await expect(tolerant.verify(late)).rejects.toMatchObject(UNAUTHENTICATED);
  });
});

describe('several issuers', () => {
  it('each speak for their own tokens, audience and roles', async () => {
    const [shop, staff] = await Promise.all([createTokenMint('a'), createTokenMint('b')]);
    const issuers: Issuer[] = [
      { ...shop.issuer, audience: 'souk' },
      {
        issuer: 'https://staff.test',
        jwks: staff.jwks,
        audience: ['souk-admin', 'souk'],
        claims: {
          roles: ['realm_access.roles', 'https://souk.test/roles'],
          roleNames: { 'shop-manager': 'ADMIN' },
          userPrefix: 'staff:',
        },
      },
    ];
    const { verify } = verifierOf(issuers);
    const token = (claims: object) =>
      staff.sign({ sub: '7', aud: 'souk-admin', ...claims, iss: 'https://staff.test' });
    expect(
      await verify(await shop.sign({ sub: '7', aud: ['x', 'souk'], scope: 'CUSTOMER openid' })),
    ).toMatchObject({
      viewer: { userId: '7', roles: ['CUSTOMER'] },
      scopes: new Set(['CUSTOMER', 'openid']),
    });
    const nested = await token({ realm_access: { roles: ['shop-manager', 'STAFF'] }, scp: ['stock:read'] });
    expect(await verify(nested)).toMatchObject({
      viewer: { userId: 'staff:7', roles: ['ADMIN'] },
      scopes: new Set(['stock:read', 'ADMIN']),
      claims: { scp: ['stock:read'] },
    });
    const named = await token({ 'https://souk.test/roles': ['shop-manager'] });
    expect((await verify(named)).viewer).toMatchObject({ roles: ['ADMIN'] });
    const none = await token({ realm_access: { roles: [] }, scope: 'shop-manager' });
    expect((await verify(none)).viewer).toMatchObject({ roles: [] });
    await expect(verify(await shop.sign({ sub: '7', aud: 'souk-admin' }))).rejects.toMatchObject(
      UNAUTHENTICATED,
    );
    await expect(verify(await shop.sign({ sub: '7' }))).rejects.toMatchObject(UNAUTHENTICATED);
  });

  it('cannot sign for each other', async () => {
    const [shop, staff] = await Promise.all([createTokenMint('k'), createTokenMint('k')]);
    const { verify } = verifierOf([shop.issuer, { issuer: 'https://staff.test', jwks: staff.jwks }]);
    await expect(verify(await staff.sign({ sub: 'u1' }))).rejects.toMatchObject(UNAUTHENTICATED);
  });

  it('are not named twice', () => {
    const issuer = { issuer: ISSUER, jwks: () => ({ keys: [] }) };
    expect(() => verifierOf([issuer, issuer])).toThrow(/named twice/);
  });
});

describe('signatures', () => {
  it.each(['RS256', 'PS384', 'ES256', 'ES512', 'EdDSA'] as const)(
    'by %s hold, where they are allowed',
    async (alg) => {
      const { publicKey, privateKey } = await generateKeyPair(alg);
      const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg }];
      const signed = await new SignJWT({ sub: 'u1', scope: 'STAFF' })
        .setProtectedHeader({ alg, kid: 'k' })
        .setIssuer(ISSUER)
        .setExpirationTime('1m')
        .sign(privateKey);
      const issuer = { issuer: ISSUER, jwks: () => ({ keys }) };
      expect((await verifierOf([issuer]).verify(signed)).viewer).toMatchObject({ roles: ['STAFF'] });
      const others = verifierOf([{ ...issuer, algorithms: [alg === 'ES256' ? 'RS256' : 'ES256'] }]).verify;
      await expect(others(signed)).rejects.toMatchObject(UNAUTHENTICATED);
    },
  );

  it('by a shared secret never hold, whatever the key set says', async () => {
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const rsa = { ...(await exportJWK(publicKey)), kid: 'k' };
    const secret = new TextEncoder().encode(await exportSPKI(publicKey));
    const octets = { kty: 'oct', k: Buffer.from(secret).toString('base64url'), kid: 'k', alg: 'HS256' };
    const forged = await new SignJWT({ sub: 'u1' })
      .setProtectedHeader({ alg: 'HS256', kid: 'k' })
      .setIssuer(ISSUER)
      .setExpirationTime('1m')
      .sign(secret);
    for (const keys of [[rsa], [octets], [rsa, octets]]) {
      const { verify } = verifierOf([{ issuer: ISSUER, jwks: () => ({ keys }) }]);
      await expect(verify(forged)).rejects.toMatchObject(UNAUTHENTICATED);
    }
  });

  it('by a shared secret or none cannot be allowed', () => {
    for (const algorithm of ['HS256', 'none']) {
      // Types forbid it; JavaScript does not.
      const algorithms = [algorithm] as unknown as ['RS256'];
      expect(() => verifierOf([{ issuer: ISSUER, algorithms }])).toThrow(/cannot be signed with/);
    }
  });

  it('are not looked at for a token longer than any header', async () => {
    const { verify } = verifierOf([(await createTokenMint()).issuer]);
    await expect(verify('x'.repeat(20_000))).rejects.toMatchObject({ message: /too long/ });
  });
});
