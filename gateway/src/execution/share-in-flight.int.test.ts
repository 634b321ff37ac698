import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCachedShop } from '../__fixtures__/cached-shop.js';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../__fixtures__/tiny-shop.js';
import { createTokenMint, type TokenMint } from '../__fixtures__/tokens.js';
import type { CachingOptions } from '../caching/caching-options.js';
import { inProcessTransport } from '../transport/in-process.js';
import type { HeadersOptions } from '../plugins/headers/headers-options.js';
import type { SubgraphTransport } from '../transport/subgraph-transport.js';

let shop: TinyShop;
let mint: TokenMint;
let running: RunningGateway;
let asked: number;
let aborted: number;
let arrived: number;
/** Lets the fetches of products go on; those that come later do not wait. */
let release: () => void;

beforeEach(async () => {
  shop = createTinyShop();
  mint = await createTokenMint();
  asked = 0;
  aborted = arrived = 0;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const transports = new Map<string, SubgraphTransport>(
    shop.apps.map((app) => {
      const inner = inProcessTransport(app);
      if (app.name !== 'products') return [app.name, inner];
      const execute: SubgraphTransport['execute'] = async (request) => {
        asked += 1;
        request.signal?.addEventListener('abort', () => (aborted += 1));
        await gate;
        return inner.execute(request);
      };
      return [app.name, { ...inner, execute }];
    }),
  );
  running = await startGateway(shop.apps, {
    transports,
    issuers: [mint.issuer],
    // So that Node tells of each request that arrives.
    options: { sharing: { inFlight: true }, server: { plainRequests: false } },
  });
  running.gateway.server.on('request', () => (arrived += 1));
});
afterEach(async () => {
  release();
  await running.stop();
});

/** What has arrived is on its way to subgraphs soon: it is parsed and planned already. */
const taken = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));
const PRODUCT = 'query Product($id: ID!) { product(id: $id) { name stock } }';

describe('sharing of equal queries in flight', () => {
  it('runs them once, and everybody gets the whole answer', async () => {
    const answers = Array.from({ length: 5 }, () => running.ask(PRODUCT, { variables: { id: 'p1' } }));
    await until(() => asked > 0 && arrived === answers.length);
    await taken();
    release();
    for (const answer of await Promise.all(answers)) {
      expect(answer).toMatchObject({ status: 200, data: { product: { name: 'Lamp', stock: 3 } } });
    }
    expect(asked).toBe(1);
    await running.ask(PRODUCT, { variables: { id: 'p1' } });
    expect(asked).toBe(2);
  });

  it('keeps nobody from joining, however many come in one turn of the event loop', async () => {
    const answers = Array.from({ length: 20 }, () => running.ask('{ notes }'));
    await until(() => asked > 0 && arrived === answers.length);
    await taken();
    release();
    await Promise.all(answers);
    expect(asked).toBe(1);
  });

  it('never mixes variables, people or carts, and never shares mutations', async () => {
    const as = async (user: string) => ({ authorization: `Bearer ${await mint.sign({ sub: user })}` });
    const requests = [
      running.ask(PRODUCT, { variables: { id: 'p1' } }),
      running.ask(PRODUCT, { variables: { id: 'p2' } }),
      running.ask('{ whoami }'),
      running.ask('{ whoami }', { headers: await as('ada') }),
      running.ask('{ whoami }', { headers: await as('bob') }),
      running.ask('{ whoami }', { headers: { 'x-cart-token': 'c_1' } }),
      running.ask('mutation { addNote(text: "a") }'),
      running.ask('mutation { addNote(text: "a") }'),
    ];
    await until(() => asked === requests.length);
    release();
    const answers = await Promise.all(requests);
    expect(answers.slice(0, 5).map(({ data }) => data)).toEqual([
      { product: { name: 'Lamp', stock: 3 } },
      { product: { name: 'Chair', stock: 3 } },
      { whoami: 'anonymous' },
      { whoami: 'ada ' },
      { whoami: 'bob ' },
    ]);
    expect(shop.notes).toEqual(['a', 'a']);
  });

  it('gives up when the last one has left, not before', async () => {
    const gone = [new AbortController(), new AbortController()];
    const ask = ({ signal }: AbortController) =>
      fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ notes }' }),
        signal,
      }).catch(() => undefined);
    const asking = gone.map(ask);
    await until(() => asked === 1 && arrived === 2);
    await taken();
    gone[0]?.abort();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(aborted).toBe(0);
    gone[1]?.abort();
    await until(() => aborted === 1);
    await Promise.all(asking);
  });
});

describe('what comes with a shared answer', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\nx-region: eu\r\nset-cookie: a=1\r\n\r\n';
  const STOCKS = '{ products { id stock } }';

  /** A gateway over a shop with policies, whose inventory speaks in headers, too, where rules let them pass. */
  async function startCached(caching: CachingOptions, headers: HeadersOptions = {}) {
    await running.stop();
    const shop = createCachedShop();
    const transports = new Map(
      [...shop.transports].map(([name, inner]): [string, SubgraphTransport] => {
        const execute: SubgraphTransport['execute'] = async (request) => {
          const answer = await inner.execute(request);
          if (name === 'inventory' && request.call) request.onHead?.(HEAD, request.call);
          return answer;
        };
        return [name, { ...inner, execute }];
      }),
    );
    running = await startGateway(shop.apps, {
      transports,
      eventLogs: shop.eventLogs,
      options: {
        caching: { settleMs: 0, ...caching },
        headers,
        sharing: { inFlight: true },
        server: { plainRequests: false },
      },
    });
    running.gateway.server.on('request', () => (arrived += 1));

    /** Answers to two who ask for the same while inventory is asked. */
    const askTogether = async () => {
      shop.hold = new Promise((resolve) => (release = resolve));
      const [asked, before] = [shop.asked.inventory, arrived];
      const answers = [running.ask(STOCKS), running.ask(STOCKS)];
      await until(() => shop.asked.inventory > asked && arrived === before + answers.length);
      await taken();
      release();
      const got = await Promise.all(answers);
      shop.hold = undefined;
      expect(shop.asked.inventory).toBe(asked + 1);
      return got;
    };
    return { shop, askTogether };
  }

  it('is good for nobody longer than what it was made of', async () => {
    const { shop, askTogether } = await startCached({ responses: false });
    await until(async () => {
      const before = shop.asked.inventory;
      await running.ask('{ product(id: "p1") { id stock } }');
      return shop.asked.inventory === before;
    });
    for (const { headers } of await askTogether()) {
      // The policy says 30, and some of that is over.
      expect(headers.get('cache-control')).toMatch(/^public, max-age=[12]?\d$/);
    }
  });

  it('are headers of subgraphs for all, and cookies for one, with an answer that is for no cache', async () => {
    const rules = { response: [{ propagate: 'x-region' }, { propagate: 'set-cookie' }] };
    const { shop, askTogether } = await startCached({ entities: false }, rules);
    const answers = await askTogether();
    for (const { headers } of answers) {
      expect(headers.get('x-region')).toBe('eu');
      expect(headers.get('cache-control')).toBe('private, max-age=30');
    }
    expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual(['a=1']);
    await running.ask(STOCKS);
    expect(shop.asked.inventory).toBe(2);
  });
});
