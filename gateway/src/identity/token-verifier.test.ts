import { ANONYMOUS } from '@souk/kit/auth';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { createTokenMint, ISSUER } from '../__fixtures__/tokens.js';
import { createTokenVerifier } from './token-verifier.js';

it('takes a token signed with a new key from the first moment', async () => {
  const [old, fresh] = await Promise.all([createTokenMint('old'), createTokenMint('new')]);
  const keys = old.jwks().keys;
  let fetches = 0;
  const verify = createTokenVerifier([{ issuer: ISSUER, jwks: () => ((fetches += 1), { keys }) }]);
  const bearer = async (mint: typeof old) => `Bearer ${await mint.sign({ sub: 'u1' })}`;
  await verify(await bearer(old));
  await verify(await bearer(old));
  expect(fetches).toBe(1);
  keys.push(...fresh.jwks().keys);
  expect((await verify(await bearer(fresh))).viewer).toEqual({ kind: 'user', userId: 'u1', roles: [] });
  expect(fetches).toBe(2);
});

it('tells when the proof runs out, and that the anonymous never do', async () => {
  const mint = await createTokenMint();
  const verify = createTokenVerifier([mint.issuer]);
  const at = Math.floor(Date.now() / 1000) + 60;
  expect((await verify(`Bearer ${await mint.sign({ sub: 'u1' }, at)}`)).expiresAt).toEqual(
    new Date(at * 1000),
  );
  expect(await verify(undefined)).toMatchObject({ viewer: ANONYMOUS });
});

it('holds an issuer to its audience', async () => {
  const mint = await createTokenMint();
  const verify = createTokenVerifier([{ ...mint.issuer, audience: 'souk' }]);
  await expect(verify(`Bearer ${await mint.sign({ sub: 'u1', aud: 'other' })}`)).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  expect((await verify(`Bearer ${await mint.sign({ sub: 'u1', aud: ['x', 'souk'] })}`)).viewer).toMatchObject(
    { userId: 'u1' },
  );
});

it.each(['RS256', 'ES256'])('understands %s', async (alg) => {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg }];
  const verify = createTokenVerifier([{ issuer: ISSUER, jwks: () => ({ keys }) }]);
  const token = new SignJWT({ sub: 'u1', scope: 'STAFF' }).setProtectedHeader({ alg, kid: 'k' });
  const signed = await token.setIssuer(ISSUER).setExpirationTime('1m').sign(privateKey);
  expect((await verify(`Bearer ${signed}`)).viewer).toMatchObject({ roles: ['STAFF'] });
});
