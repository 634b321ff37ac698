import { createLogger } from '@souk/kit/log';
import { createSubgraph } from '@souk/kit/subgraph';
import { expect, it } from 'vitest';
import { startGateway } from '../../__fixtures__/start-gateway.js';
import { silent } from '../../__fixtures__/tiny-shop.js';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@override"])\n`;
const subgraph = (name: string, fields: string) =>
  createSubgraph({
    name,
    sdl: `${link}type Query { ${fields} }`,
    resolvers: { Query: { stock: () => name, price: () => name } },
    logger: silent,
    createContext: () => ({}),
  });

it('a field moves when its label is switched on, for everybody or for a share, while the gateway runs', async () => {
  const complaints: string[] = [];
  const logger = createLogger({
    level: 'warn',
    destination: { write: (line) => void complaints.push(line) },
  });
  const running = await startGateway(
    [
      subgraph('old', 'stock: String price: String'),
      subgraph(
        'new',
        'stock: String @override(from: "old", label: "stock") price: String @override(from: "old", label: "percent(100)")',
      ),
    ],
    { logger },
  );
  const ask = async () => (await running.ask('{ stock price }')).data;
  expect(await ask()).toEqual({ stock: 'old', price: 'new' });
  running.gateway.configure({ overrides: { labels: { stock: true, 'percent(100)': 0 } } });
  expect(await ask()).toEqual({ stock: 'new', price: 'old' });

  // Guests of many carts: some here, some there, each always at the same place.
  running.gateway.configure({ overrides: { labels: { stock: 50, gone: true } } });
  const asCart = async (cart: number) =>
    (await running.ask('{ stock }', { headers: { 'x-cart-token': `cart ${cart}` } })).data;
  const carts = Array.from({ length: 20 }, (_, cart) => cart);
  const first = await Promise.all(carts.map(asCart));
  expect([...new Set(first.map((data) => JSON.stringify(data)))].sort()).toEqual([
    '{"stock":"new"}',
    '{"stock":"old"}',
  ]);
  expect(await Promise.all(carts.map(asCart))).toEqual(first);
  expect(complaints.join()).toContain('"labels":["gone"]');
  await running.stop();
});
