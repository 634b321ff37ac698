import { signEnvelope } from '@souk/kit/auth';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../../__fixtures__/tiny-shop.js';
import { createTokenMint, ISSUER, type TokenMint } from '../../__fixtures__/tokens.js';

let mint: TokenMint;
let shop: TinyShop;
let running: RunningGateway;
beforeEach(async () => {
  mint = await createTokenMint();
  shop = createTinyShop();
  running = await startGateway(shop.apps, { issuers: [mint.issuer] });
});
afterEach(() => running.stop());

const whoami = (authorization?: string) =>
  running.ask('{ whoami }', authorization === undefined ? {} : { headers: { authorization } });

describe('who asks', () => {
  it('is nobody in particular without a header', async () => {
    expect((await whoami()).data).toEqual({ whoami: 'anonymous' });
  });

  it("is the token's subject, with its roles or scope, and nothing it made up", async () => {
    const roles = await mint.sign({ sub: 'u1', roles: ['STAFF', 'EMPEROR'] });
    expect((await whoami(`Bearer ${roles}`)).data).toEqual({ whoami: 'u1 STAFF' });
    const scope = await mint.sign({ sub: 'u2', scope: 'openid CUSTOMER ADMIN' });
    expect((await whoami(`Bearer ${scope}`)).data).toEqual({ whoami: 'u2 CUSTOMER+ADMIN' });
  });

  it.each([
    ['forged', async () => `Bearer ${await mint.forge({ sub: 'u1', roles: ['ADMIN'] })}`, /not valid/],
    ['expired', async () => `Bearer ${await mint.sign({ sub: 'u1' }, 1)}`, /expired.*refreshSession/],
    ['malformed', async () => 'Bearer x.y.z', /malformed/],
    ['not a bearer token', async () => 'Basic dTpw', /must read "Bearer <accessToken>"/],
    [
      'unsigned',
      async () =>
        `Bearer ${new UnsecuredJWT({ sub: 'u1' }).setIssuer(ISSUER).setExpirationTime('5m').encode()}`,
      /not valid/,
    ],
    [
      'signed with the public key as a shared secret',
      async () => {
        const shared = new TextEncoder().encode(JSON.stringify(mint.jwks().keys[0]));
        const jwt = new SignJWT({ sub: 'u1' }).setProtectedHeader({ alg: 'HS256', kid: 'k1' });
        return `Bearer ${await jwt.setIssuer(ISSUER).setExpirationTime('5m').sign(shared)}`;
      },
      /not valid/,
    ],
    ['without a subject', async () => `Bearer ${await mint.sign({ roles: ['ADMIN'] })}`, /not valid/],
    [
      'from another issuer',
      async () =>
        `Bearer ${await (await createTokenMint()).sign({ sub: 'u1', iss: 'x' }).then((token) => token.replace(/\.[^.]+\./, `.${btoa('{"iss":"x","sub":"u1"}')}.`))}`,
      /does not know/,
    ],
  ])('refuses a token that is %s with 401 and says what to do', async (_what, authorization, message) => {
    const answer = await whoami(await authorization());
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(answer.errors).toMatchObject([
      { message: expect.stringMatching(message) as string, extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(shop.seen).toEqual([]);
  });

  it("cannot be claimed with the gateway's own header", async () => {
    const secret = 'a-secret-of-thirty-two-characters-or-more';
    const viewer = { kind: 'user' as const, userId: 'u1', roles: ['ADMIN' as const] };
    const envelope = await signEnvelope({ viewer, requestId: 'r' }, { audience: 'products', secret });
    const { data } = await running.ask('{ whoami secretStock }', {
      headers: { 'x-souk-envelope': envelope, 'x-souk-viewer': 'admin' },
    });
    expect(data).toEqual({ whoami: 'anonymous', secretStock: null });
  });
});

describe('an issuer whose keys cannot be fetched', () => {
  it('means UNAVAILABLE, never accepted', async () => {
    const token = await mint.sign({ sub: 'u1' });
    for (const jwks of [
      new URL('http://127.0.0.1:9/jwks.json'),
      () => Promise.reject(new Error('database is away')),
    ]) {
      const other = await startGateway(shop.apps, { issuers: [{ issuer: ISSUER, jwks }] });
      const answer = await other.ask('{ whoami }', { headers: { authorization: `Bearer ${token}` } });
      expect([answer.status, answer.errors?.[0]?.extensions?.['code']]).toEqual([503, 'UNAVAILABLE']);
      await other.stop();
    }
    expect(shop.seen).toEqual([]);
  });
});
