import { describeSubgraphContract } from '@souk/testkit/contract';
import { silentLogger } from '@souk/testkit/logger';
import { Collection } from 'mongodb';
import { afterAll } from 'vitest';
import { type Shop, openShop } from './__fixtures__/shop.js';

const anonymous = { kind: 'anonymous' } as const;
const shops: Shop[] = [];
afterAll(async () => {
  await Promise.allSettled(shops.map((shop) => shop.close()));
});

// What reaches the database is counted where it leaves the process; the relay looks for unrelayed documents.
let finds = 0;
const find = Collection.prototype.find as (this: Collection, ...args: unknown[]) => unknown;
Collection.prototype.find = function count(this: Collection, ...args: unknown[]) {
  const [filter] = args as [{ unrelayed?: unknown } | undefined];
  if (['products', 'categories'].includes(this.collectionName) && filter?.unrelayed === undefined) finds += 1;
  return find.apply(this, args);
} as typeof Collection.prototype.find;
afterAll(() => {
  Collection.prototype.find = find as typeof Collection.prototype.find;
});

const listed = async (): Promise<readonly { id: string; slug: string; variants: { id: string }[] }[]> => {
  const data = await shops[0]?.data<{
    products: { nodes: { id: string; slug: string; variants: { id: string }[] }[] };
  }>('{ products(first: 5) { nodes { id slug variants { id } } } }');
  return data?.products.nodes ?? [];
};

describeSubgraphContract('products', {
  async create() {
    const shop = await openShop({ products: 100 });
    shops.push(shop);
    return { app: shop.app, breakStore: () => shop.server.stop() };
  },
  logger: silentLogger,
  entities: [
    {
      typename: 'Product',
      known: async () => (await listed()).map(({ id }) => ({ id })),
      unknown: { id: 'nothing' },
      selection: 'id name price { amountMinor } variants { sku }',
      viewer: anonymous,
    },
    {
      typename: 'Product',
      known: async () => (await listed()).map(({ slug }) => ({ slug })),
      unknown: { slug: 'nothing' },
      selection: 'id slug',
      viewer: anonymous,
    },
    {
      typename: 'ProductVariant',
      known: async () => (await listed()).flatMap(({ variants }) => variants.map(({ id }) => ({ id }))),
      unknown: { id: 'nothing' },
      selection: 'id sku price { amountMinor } product { id published }',
      viewer: { kind: 'service', service: 'orders' },
    },
    {
      typename: 'Category',
      known: async () => ['chairs', 'kitchen', 'tents'].map((slug) => ({ slug })),
      unknown: { slug: 'nothing' },
      selection: 'id name productCount parent { slug }',
      viewer: anonymous,
    },
  ],
  storeCalls: { reset: () => (finds = 0), count: () => finds },
  guarded: {
    query: 'mutation ($input: PublishProductInput!) { publishProduct(input: $input) { product { id } } }',
    variables: { input: { id: 'nothing' } },
    code: 'UNAUTHENTICATED',
  },
  storeQuery: { query: '{ product(id: "nothing") { name } }', viewer: anonymous },
});
