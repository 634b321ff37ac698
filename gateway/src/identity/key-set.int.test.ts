import { createLogger } from '@souk/kit/log';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeyServer, startKeyServer } from '../__fixtures__/key-server.js';
import { silent } from '../__fixtures__/tiny-shop.js';
import { createTokenMint, ISSUER, type TokenMint } from '../__fixtures__/tokens.js';
import type { Issuer } from './issuer.js';
import type { KeyOptions } from './key-set.js';
import { createTokenVerifier } from './token-verifier.js';

let mint: TokenMint;
let server: KeyServer;
let time: number;
beforeEach(async () => {
  mint = await createTokenMint();
  server = await startKeyServer();
  server.pages.set('/keys', mint.jwks());
  time = Date.now();
});
afterEach(() => server.stop());

const verifier = (issuer: Partial<Issuer> = {}, keys: KeyOptions = {}) =>
  createTokenVerifier(
    [{ issuer: ISSUER, jwks: new URL('/keys', server.url), ...issuer }],
    { keys },
    { logger: silent, now: () => time },
  );
const pass = (seconds: number): void => void (time += seconds * 1_000);
const token = (sub = 'u1', from = mint) => from.sign({ sub }, Math.floor(Date.now() / 1_000) + 100_000);
const UNAVAILABLE = { code: 'UNAVAILABLE', retryable: true };

describe('keys', () => {
  it('are fetched once, however many ask at first', async () => {
    const verify = verifier();
    const tokens = await Promise.all(['a', 'b', 'c'].map((sub) => token(sub)));
    await Promise.all(tokens.map(async (one) => verify(one)));
    expect(server.asked).toEqual(['/keys']);
  });

  it('that are new are found when a token names one', async () => {
    const verify = verifier();
    await verify(await token());
    const fresh = await createTokenMint('k2');
    server.pages.set('/keys', { keys: [...mint.jwks().keys, ...fresh.jwks().keys] });
    pass(6);
    await verify(await token('u2', fresh));
    await verify(await token('u3'));
    expect(server.asked).toHaveLength(2);
  });

  it('that nobody knows are asked for once in a while, not for each token', async () => {
    const verify = verifier();
    await verify(await token());
    pass(6);
    for (let count = 0; count < 5; count += 1) {
      const stranger = await token('u1', await createTokenMint(`k${count + 2}`));
      await expect(verify(stranger)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect(server.asked).toHaveLength(2);
    pass(6);
    await expect(verify(await token('u1', await createTokenMint('k9')))).rejects.toThrow();
    expect(server.asked).toHaveLength(3);
  });

  it('are fetched anew in the background when they are old, and nobody waits', async () => {
    const verify = verifier();
    const known = await token();
    await verify(known);
    pass(601);
    server.pages.set('/keys', undefined);
    expect(verify(known)).not.toBeInstanceOf(Promise);
    await verify(await token('u2'));
    await expect.poll(() => server.asked).toHaveLength(2);
  });

  it('go away: those that are known count for identity.keys.keepMs, then UNAVAILABLE', async () => {
    const verify = verifier();
    const known = await token();
    await verify(known);
    server.pages.set('/keys', 503);
    pass(1_800);
    expect(verify(known)).not.toBeInstanceOf(Promise);
    await verify(await token('u2'));
    // It may have been signed with a key that we could not fetch.
    const fresh = await createTokenMint('k2');
    await expect(verify(await token('u3', fresh))).rejects.toMatchObject(UNAVAILABLE);
    pass(1_801);
    await expect(verify(known)).rejects.toMatchObject(UNAVAILABLE);
    await expect(verify(await token('u4'))).rejects.toMatchObject(UNAVAILABLE);
    pass(6);
    server.pages.set('/keys', mint.jwks());
    expect((await verify(known)).viewer).toMatchObject({ userId: 'u1' });
  });

  it('of an issuer in this process that fails are not asked for by every request, nor is that logged', async () => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'warn', destination: { write: (line) => void lines.push(line) } });
    let isAway = false;
    let asked = 0;
    const jwks = async () => {
      asked += 1;
      if (isAway) throw new Error('the database is away');
      return mint.jwks();
    };
    const verify = createTokenVerifier([{ issuer: ISSUER, jwks }], {}, { logger, now: () => time });
    const known = await token();
    await verify(known);
    isAway = true;
    for (let minute = 0; minute < 3; minute += 1) {
      pass(minute === 0 ? 601 : 60);
      for (let count = 0; count < 20; count += 1) await verify(known);
      await expect.poll(() => asked).toBe(minute + 2);
    }
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['an error', 500],
    ['no key set', { hello: 'world' }],
    ['keys that are none', { keys: ['k1'] }],
    ['nothing', undefined],
  ])('are out of reach while their address answers %s', async (_what, page) => {
    server.pages.set('/keys', page);
    const verify = verifier({}, { timeoutMs: 100 });
    await expect(verify(await token())).rejects.toMatchObject(UNAVAILABLE);
  });
});

describe('OpenID Connect discovery', () => {
  const DOCUMENT = '/.well-known/openid-configuration';
  const discovering = async (about: object) => {
    server.pages.set(DOCUMENT, { issuer: server.url, jwks_uri: `${server.url}/keys`, ...about });
    const verify = createTokenVerifier([{ issuer: server.url }], {}, { logger: silent, now: () => time });
    return verify(await mint.sign({ sub: 'u1', iss: server.url }));
  };

  it("finds the keys at the issuer's own word", async () => {
    expect((await discovering({})).viewer).toMatchObject({ userId: 'u1' });
    expect(server.asked).toEqual([DOCUMENT, '/keys']);
  });

  it.each([
    ['is about another issuer', { issuer: 'https://elsewhere.test' }],
    ['names no keys', { jwks_uri: undefined }],
    ['names keys at no address', { jwks_uri: 'keys' }],
  ])('trusts no document that %s', async (_what, about) => {
    await expect(discovering(about)).rejects.toMatchObject(UNAVAILABLE);
    expect(server.asked).toEqual([DOCUMENT]);
  });
});
