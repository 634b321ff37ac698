import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CachedShop, createCachedShop } from '../__fixtures__/cached-shop.js';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { createTokenMint } from '../__fixtures__/tokens.js';

/** Everybody who may ask, what they show, and what subgraphs say of them. */
const PEOPLE = [undefined, 'ada', 'bob'].flatMap((user) =>
  (user === undefined ? [[]] : [[], ['STAFF'], ['ADMIN', 'STAFF']]).flatMap((roles) =>
    [undefined, 'c1', 'c2'].map((cart) => ({ user, roles, cart })),
  ),
);

/** Private and public, alone and mixed, whole responses and parts of what is not kept as a whole. */
const QUESTIONS = [
  '{ mine { who } }',
  '{ seenAs }',
  '{ mine { who } seenAs }',
  '{ uncached mine { who } }',
  '{ uncached seenAs }',
  'query A { mine { who } product(id: "p1") { id name stock } }',
  '{ products { id name } mine { it: who } }',
  '{ products { id stock } seenAs }',
];

const step = fc.record({
  person: fc.constantFrom(...PEOPLE),
  query: fc.constantFrom(...QUESTIONS),
  before: fc.constantFrom(...Array<'nothing'>(12).fill('nothing'), 'an event', 'a mutation'),
});

let shop: CachedShop;
let running: RunningGateway;
let tokenOf: (user: string, roles: readonly string[]) => Promise<string>;
beforeAll(async () => {
  shop = createCachedShop();
  const mint = await createTokenMint();
  tokenOf = (user, roles) => mint.sign({ sub: user, roles });
  running = await startGateway(shop.apps, {
    transports: shop.transports,
    eventLogs: shop.eventLogs,
    issuers: [mint.issuer],
    options: { caching: { settleMs: 0, readYourWritesMs: 0, afterMutationMs: 0 } },
  });
});
afterAll(() => running.stop());

it('whoever asks whatever in whatever order gets their own', async () => {
  const headersOf = async ({ user, roles, cart }: (typeof PEOPLE)[number]) => ({
    ...(user === undefined ? {} : { authorization: `Bearer ${await tokenOf(user, roles)}` }),
    ...(cart === undefined ? {} : { 'x-cart-token': cart }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      for (const { person, query, before } of steps) {
        if (before === 'an event') shop.rename('p1', 'Lamp');
        if (before === 'a mutation') await running.ask('mutation { rename(id: "p2", name: "Chair") { id } }');
        const { data, errors } = await running.ask(query, { headers: await headersOf(person) });
        expect(errors).toBeUndefined();
        // The answer is an object: there was no error.
        const { mine, seenAs } = data as { mine?: { who?: string; it?: string }; seenAs?: string };
        const { user = 'anonymous', roles, cart = '' } = person;
        if (mine) expect(mine.who ?? mine.it).toBe(`${user} ${roles.join('+')} ${cart}`);
        if (seenAs !== undefined) expect(seenAs).toBe(roles.join('+'));
      }
    }),
    { numRuns: 8 },
  );
  // It was caches that answered.
  const text = await (await fetch(`${running.url}/metrics`)).text();
  for (const cache of ['response', 'entity']) {
    const hits = new RegExp(`souk_gateway_cache_lookups_total\\{cache="${cache}",result="hit"\\} (\\d+)`);
    expect(Number(hits.exec(text)?.[1])).toBeGreaterThan(0);
  }
});
