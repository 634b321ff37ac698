import { createSubgraph, type SubgraphApp } from '@souk/kit/subgraph';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeyServer, startKeyServer } from '../__fixtures__/key-server.js';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { silent } from '../__fixtures__/tiny-shop.js';
import { createTokenMint, ISSUER, type TokenMint } from '../__fixtures__/tokens.js';
import type { GatewayOptions } from '../gateway-options.js';

let mint: TokenMint;
let keys: KeyServer;
let app: SubgraphApp;
let running: RunningGateway;
beforeEach(async () => {
  mint = await createTokenMint();
  keys = await startKeyServer();
  keys.pages.set('/keys', mint.jwks());
  app = createSubgraph({
    name: 'shop',
    sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated", "@policy"])
      type Query { open: String own: String @authenticated books: Int @policy(policies: [["owner"]]) }`,
    resolvers: { Query: { open: () => 'yes', own: () => 'mine', books: () => 7 } },
    logger: silent,
    createContext: () => ({}),
  });
});
afterEach(async () => {
  await running.stop();
  keys.stop();
});

const start = async (options: GatewayOptions = {}): Promise<void> => {
  running = await startGateway([app], {
    issuers: [{ issuer: ISSUER, jwks: new URL('/keys', keys.url) }],
    options,
  });
};
const token = (sub = 'u1', from = mint): Promise<string> => from.sign({ sub });
const ask = async (bearer?: string) => {
  const { status, data, errors } = await running.ask('{ open own }', {
    headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  });
  return [status, data ?? errors?.[0]?.extensions?.['code']];
};
const MINE = [200, { open: 'yes', own: 'mine' }];
const GUEST = [200, { open: 'yes', own: null }];
const AWAY = [503, 'UNAVAILABLE'];

describe('the keys of an issuer', () => {
  it('cannot be fetched: tokens are refused with UNAVAILABLE, guests are served, and the next try helps', async () => {
    keys.pages.set('/keys', 503);
    await start({ identity: { keys: { cooldownMs: 1 } } });
    const bearer = await token();
    expect(await ask(bearer)).toEqual(AWAY);
    expect(await ask()).toEqual(GUEST);
    keys.pages.set('/keys', mint.jwks());
    await expect.poll(() => ask(bearer)).toEqual(MINE);
  });

  it('are never answered, or are no keys: UNAVAILABLE within identity.keys.timeoutMs', async () => {
    await start({ identity: { keys: { cooldownMs: 1, timeoutMs: 50 } } });
    const bearer = await token();
    for (const page of [undefined, { keys: 'k1' }, 'text']) {
      keys.pages.set('/keys', page);
      expect(await ask(bearer)).toEqual(AWAY);
    }
  });

  it('are replaced: tokens of the new key count at once, those of a withdrawn key no more', async () => {
    await start({ identity: { keys: { cooldownMs: 1 } } });
    const before = await token();
    expect(await ask(before)).toEqual(MINE);
    const fresh = await createTokenMint('k2');
    keys.pages.set('/keys', fresh.jwks());
    const after = await token('u1', fresh);
    await expect.poll(() => ask(after)).toEqual(MINE);
    expect(await ask(before)).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('the clock of an issuer', () => {
  it('is off: tokens count within identity.clockToleranceSeconds, and not beyond', async () => {
    await start({ identity: { clockToleranceSeconds: 600 } });
    const now = Math.floor(Date.now() / 1_000);
    expect(await ask(await mint.sign({ sub: 'u1' }, now - 300))).toEqual(MINE);
    expect(await ask(await mint.sign({ sub: 'u1', nbf: now + 300 }, now + 900))).toEqual(MINE);
    for (const bearer of [
      await mint.sign({ sub: 'u1' }, now - 900),
      await mint.sign({ sub: 'u1', nbf: now + 900 }, now + 1_800),
    ])
      expect(await ask(bearer)).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('Open Policy Agent', () => {
  it('is away, late or answers nonsense: what it guards is UNAVAILABLE, retryable; the rest is answered', async () => {
    await start({ authorization: { opa: { url: keys.url, path: 'owner', timeoutMs: 1_000 } } });
    for (const page of [{ result: true }, 500, undefined, 'text', {}, { result: ['owner'] }]) {
      keys.pages.set('/v1/data/owner', page);
      const { data, errors } = await running.ask('{ open books }');
      const isDecided = JSON.stringify(page) === '{"result":["owner"]}';
      expect(data).toEqual({ open: 'yes', books: isDecided ? 7 : null });
      if (isDecided) expect(errors).toBeUndefined();
      else expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', retryable: true } }]);
    }
  });
});
