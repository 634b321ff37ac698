import { createSubgraph } from '@souk/kit/subgraph';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSocket } from '../../__fixtures__/socket-client.js';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, silent, type TinyShop } from '../../__fixtures__/tiny-shop.js';
import type { CostOptions } from './cost.js';
import type { CostReport } from './report.js';

let shop: TinyShop;
let running: RunningGateway;
const start = async (cost: CostOptions | false): Promise<RunningGateway> =>
  (running = await startGateway(shop.apps, { options: { cost } }));
beforeEach(() => {
  shop = createTinyShop();
});
afterEach(() => running.stop());

/** Asks for the cost, and returns it. */
async function report(query: string, variables?: Record<string, unknown>): Promise<CostReport | undefined> {
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables, extensions: { cost: true } }),
  });
  const { extensions } = (await response.json()) as { extensions?: { cost?: CostReport } };
  return extensions?.cost;
}

describe('extensions.cost', () => {
  it('tells what was estimated and what was answered, with the share of each subgraph', async () => {
    await start({});
    expect(await report('{ products { name stock reviews { stars product { name } } } notes }')).toEqual({
      // Ten products of 1, each with ten reviews of 1 and their product of 1, and notes of 2, also ten.
      estimated: 10 * (1 + 10 * 2) + 20,
      // Two products; one has one review of one product; there are no notes.
      actual: 2 + 2,
      max: 50_000,
      subgraphs: {
        products: { estimated: 30, actual: 2, fetches: 2 },
        inventory: { estimated: 0, actual: 0, fetches: 1 },
        reviews: { estimated: 10 * 10 * 2, actual: 2, fetches: 1 },
      },
    });
  });

  it('counts an operation’s own cost for the subgraph that begins', async () => {
    await start({});
    expect(await report('mutation { addNote(text: "x") }')).toEqual({
      estimated: 10,
      actual: 10,
      max: 50_000,
      subgraphs: { products: { estimated: 10, actual: 10, fetches: 1 } },
    });
    expect(await report('{ __schema { queryType { name } } }')).toEqual({
      estimated: 10,
      actual: 10,
      max: 50_000,
      subgraphs: {},
    });
  });

  it('is there for who asks, for everybody, or for nobody', async () => {
    const has = async (headers: Record<string, string>): Promise<boolean> => {
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{ products { name } }"}',
      });
      return (await response.text()).includes('"cost"');
    };
    const asking = { 'x-graphql-cost': 'true' };
    await start({});
    expect([await has({}), await has(asking)]).toEqual([false, true]);
    running.gateway.configure({ cost: { expose: 'always' } });
    expect(await has({})).toBe(true);
    running.gateway.configure({ cost: { expose: 'never' } });
    expect([await has({}), await has(asking)]).toEqual([false, false]);
    running.gateway.configure({ cost: false });
    expect(await has(asking)).toBe(false);
  });

  it('comes over WebSocket, too, and with each event of a subscription', async () => {
    await start({});
    const socket = await openSocket(running.port);
    await socket.next();
    const ask = (id: string, query: string) =>
      socket.send({ id, type: 'subscribe', payload: { query, extensions: { cost: true } } });
    ask('1', '{ products { name } }');
    expect(await socket.next()).toMatchObject({
      payload: { extensions: { cost: { estimated: 10, actual: 2 } } },
    });
    await socket.next();
    ask('2', 'subscription { priceChanged { id stock reviews { stars } } }');
    await until(() => shop.priceChanges.open === 1);
    shop.priceChanges.push({ priceChanged: { id: 'p1', price: 3 } });
    expect(await socket.next()).toMatchObject({
      payload: {
        extensions: {
          cost: {
            estimated: 11,
            actual: 2,
            subgraphs: { products: { actual: 1 }, reviews: { actual: 1, fetches: 1 } },
          },
        },
      },
    });
    socket.send({ id: '2', type: 'complete' });
    await until(() => shop.priceChanges.open === 0);
    socket.close();
  });
});

describe('too dear an operation', () => {
  const dear = '{ products { reviews { product { reviews { stars } } } } }';

  it('is refused before anything is asked, with what it may cost and what it might', async () => {
    await start({ max: 500 });
    const { status, errors } = await running.ask(dear);
    expect([status, errors]).toMatchObject([
      400,
      [
        {
          message:
            'The operation may cost 1210, at most 500 is answered (cost.max). Ask for shorter lists, or for fewer of them inside each other.',
          extensions: { code: 'BAD_USER_INPUT', limit: 'cost.max', estimated: 1210, max: 500 },
        },
      ],
    ]);
    const socket = await openSocket(running.port);
    await socket.next();
    socket.subscribe('1', dear);
    expect(await socket.next()).toMatchObject({ type: 'error', payload: [{ extensions: { max: 500 } }] });
    socket.close();
  });

  it('passes where lists are shorter than was assumed of them, and is only counted in the mode "measure"', async () => {
    await start({ max: 500, defaultListSize: 3 });
    expect((await running.ask(dear)).errors).toBeUndefined();
    running.gateway.configure({ cost: { max: 500, mode: 'measure' } });
    expect((await running.ask(dear)).errors).toBeUndefined();
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toContain('souk_gateway_cost_exceeded_total{mode="measure"} 1');
    expect(metrics).toContain(
      'souk_gateway_operation_cost_sum{graphql_operation_name="(unnamed)",kind="actual"}',
    );
  });
});

it('wants one slicing argument where the schema does', async () => {
  const lists = createSubgraph({
    name: 'lists',
    sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
      type Query { items(first: Int, last: Int): [Int!] @listSize(slicingArguments: ["first", "last"]) }`,
    resolvers: { Query: { items: () => [] } },
    logger: silent,
    createContext: () => ({}),
  });
  running = await startGateway([lists]);
  expect((await running.ask('{ items(last: 2) }')).data).toEqual({ items: [] });
  expect(await running.ask('{ items }')).toMatchObject({
    status: 400,
    errors: [{ message: expect.stringMatching(/^Exactly one of .*"first", "last"/) as string }],
  });
});
