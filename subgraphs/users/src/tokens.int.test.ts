import {
  type JWK,
  SignJWT,
  createLocalJWKSet,
  decodeProtectedHeader,
  generateKeyPair,
  jwtVerify,
} from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveSubgraph } from '@souk/kit/server';
import { ISSUER, openUsersShop } from './__fixtures__/users-shop.js';
import type { UsersApp } from './app.js';

let shop: Awaited<ReturnType<typeof openUsersShop>>;
beforeAll(async () => {
  shop = await openUsersShop();
});
afterAll(() => shop.close());

const DAY = 24 * 60 * 60_000;
const verify = async (token: string, app: UsersApp = shop.app) =>
  jwtVerify(token, createLocalJWKSet(await app.jwks()), {
    issuer: ISSUER,
    audience: 'souk',
    typ: 'at+jwt',
    algorithms: ['EdDSA'],
    currentDate: new Date(shop.clock.now),
  });
const kidOf = (token: string): string => decodeProtectedHeader(token).kid ?? '';
const kidsOf = async (app: UsersApp): Promise<string[]> =>
  (await app.jwks()).keys.map(({ kid }) => kid ?? '').sort();

it('says who signed in, where, and what they may do', async () => {
  const { user, accessToken } = await shop.newcomer();
  const { payload } = await verify(accessToken);
  const issuedAt = shop.clock.now / 1000;
  expect(payload).toEqual({
    iss: ISSUER,
    aud: 'souk',
    sub: user.id,
    sid: expect.any(String) as string,
    jti: expect.any(String) as string,
    roles: ['CUSTOMER'],
    scope: 'CUSTOMER',
    iat: issuedAt,
    exp: issuedAt + 900,
  });
});

it('keeps one session id through refreshes, and a jti of its own for each token', async () => {
  const { accessToken, refreshToken } = await shop.newcomer();
  const { session } = await shop.refresh({ refreshToken });
  const [first, second] = [await verify(accessToken), await verify(session?.accessToken ?? '')];
  expect(second.payload['sid']).toBe(first.payload['sid']);
  expect(second.payload.jti).not.toBe(first.payload.jti);
});

it('is not fooled: another key, other roles, no algorithm, and a token that is too old', async () => {
  const { accessToken } = await shop.newcomer();
  const [head = '', body = '', signature = ''] = accessToken.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const asAdmin = { ...claims, roles: ['ADMIN'], scope: 'ADMIN' };
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const forged = await new SignJWT(asAdmin)
    .setProtectedHeader({ alg: 'EdDSA', kid: kidOf(accessToken), typ: 'at+jwt' })
    .sign(privateKey);
  for (const token of [
    `${head}.${encode(asAdmin)}.${signature}`,
    `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(asAdmin)}.`,
    forged,
  ]) {
    await expect(verify(token)).rejects.toThrow();
  }
  await verify(accessToken);
  shop.clock.advance(15 * 60_000 + 1000);
  await expect(verify(accessToken)).rejects.toThrow(/"exp"/);
});

it('publishes public keys only, in process and over HTTP', async () => {
  const secret = 'tokens-test-secret-of-32-characters!!';
  const app = await shop.start();
  const served = await serveSubgraph(app, { host: '127.0.0.1', port: 0, secret, logger: shop.deps.logger });
  const url = `${served.url}/.well-known/jwks.json`;
  const answer = await fetch(url);
  const jwks = (await answer.json()) as { keys: JWK[] };
  expect(jwks).toEqual(await shop.app.jwks());
  for (const key of jwks.keys) {
    expect(key).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      alg: 'EdDSA',
      use: 'sig',
      kid: expect.any(String) as string,
      x: expect.any(String) as string,
    });
  }
  expect(answer.headers.get('content-type')).toBe('application/jwk-set+json');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  await served.stop();
});

it('outlives a restart', async () => {
  const { accessToken, refreshToken } = await shop.newcomer();
  const restarted = await shop.start();
  await verify(accessToken, restarted);
  const { session } = await shop.refresh({ refreshToken }, {}, restarted);
  expect(kidOf(session?.accessToken ?? '')).toBe(kidOf(accessToken));
});

it('has one key, however many replicas start on an empty database', async () => {
  const empty = await openUsersShop();
  try {
    const { rows } = await queryKeys(empty.database.url, 'DELETE FROM signing_keys RETURNING kid');
    expect(rows).toHaveLength(1);
    const replicas = await Promise.all([empty.start(), empty.start(), empty.start(), empty.start()]);
    const known = await Promise.all(replicas.map(kidsOf));
    expect(new Set(known.flat()).size).toBe(1);
  } finally {
    await empty.close();
  }
});

it('publishes a new key a day before it signs, and the old one until its last token has expired', async () => {
  const other = await openUsersShop();
  try {
    const sign = async (app: UsersApp): Promise<string> => {
      const input = { email: `at-${other.clock.now}@shop.test`, password: 'correct horse', name: 'R' };
      return (await other.register(input, {}, app)).session?.accessToken ?? '';
    };
    const [oldKid = ''] = await kidsOf(other.app);

    other.clock.advance(29 * DAY);
    const published = await other.start();
    const both = await kidsOf(published);
    expect(both).toHaveLength(2);
    expect(kidOf(await sign(published))).toBe(oldKid);

    other.clock.advance(DAY - 60_000);
    const lastOfOld = await sign(published);
    expect(kidOf(lastOfOld)).toBe(oldKid);
    other.clock.advance(60_000);
    const newKid = kidOf(await sign(published));
    expect(both).toEqual([oldKid, newKid].sort());

    other.clock.advance(10 * 60_000);
    const later = await other.start();
    expect(await kidsOf(later)).toEqual(both);
    await jwtVerify(lastOfOld, createLocalJWKSet(await later.jwks()), {
      currentDate: new Date(other.clock.now),
    });

    other.clock.advance(10 * 60_000);
    expect(await kidsOf(await other.start())).toEqual([newKid]);
    const { rows } = await queryKeys(other.database.url, 'SELECT kid FROM signing_keys');
    expect(rows).toEqual([{ kid: newKid }]);
  } finally {
    await other.close();
  }
});

async function queryKeys(url: string, sql: string) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<{ kid: string }>(sql);
  } finally {
    await client.end();
  }
}
