import { describeSubgraphContract } from '@souk/testkit/contract';
import { silentLogger } from '@souk/testkit/logger';
import { Collection } from 'mongodb';
import { afterAll } from 'vitest';
import { STAFF, type Warehouse, openWarehouse } from './__fixtures__/warehouse.js';

const warehouses: Warehouse[] = [];
afterAll(async () => {
  await Promise.allSettled(warehouses.map((warehouse) => warehouse.close()));
});

// What reaches the database is counted where it leaves the process; relay and consumer read other collections.
let finds = 0;
const find = Collection.prototype.find as (this: Collection, ...args: unknown[]) => unknown;
Collection.prototype.find = function count(this: Collection, ...args: unknown[]) {
  const [filter] = args as [{ _id?: unknown } | undefined];
  if (this.collectionName === 'stock_items' && filter?._id !== undefined) finds += 1;
  return find.apply(this, args);
} as typeof Collection.prototype.find;
afterAll(() => {
  Collection.prototype.find = find as typeof Collection.prototype.find;
});

describeSubgraphContract('inventory', {
  async create() {
    const warehouse = await openWarehouse();
    warehouses.push(warehouse);
    await warehouse.stock({ one: 1, two: 2, three: 3 });
    return { app: warehouse.app, breakStore: () => warehouse.server.stop() };
  },
  logger: silentLogger,
  entities: [
    {
      typename: 'ProductVariant',
      known: async () => [{ id: 'one' }, { id: 'two' }, { id: 'three' }],
      unknown: { id: 'nobody' },
      unknownIs: 'stub',
      selection: 'id stock { onHand available reserved }',
      viewer: { kind: 'anonymous' },
    },
  ],
  storeCalls: { reset: () => (finds = 0), count: () => finds },
  guarded: {
    query: 'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { stock { onHand } } }',
    variables: { input: { variantId: 'one', delta: 1, idempotencyKey: 'k' } },
    code: 'UNAUTHENTICATED',
  },
  storeQuery: { query: '{ stockItems { nodes { stock { onHand } } } }', viewer: STAFF },
});
