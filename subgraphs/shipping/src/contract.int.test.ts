import { describeSubgraphContract } from '@souk/testkit/contract';
import { silentLogger } from '@souk/testkit/logger';
import pg from 'pg';
import { afterAll } from 'vitest';
import {
  type ShippingUnderTest,
  STAFF,
  eventually,
  startShipping,
} from './__fixtures__/shipping-under-test.js';

const opened: ShippingUnderTest[] = [];
afterAll(async () => {
  await Promise.all(opened.map((shipping) => shipping.stop()));
});

// What reaches the database is counted where it leaves the process; only readers go through Prisma.
const statements: string[] = [];
const send = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown;
pg.Client.prototype.query = function count(this: pg.Client, ...args: unknown[]) {
  const [query] = args as [string | { text: string }];
  statements.push(typeof query === 'string' ? query : query.text);
  return send.apply(this, args);
} as typeof pg.Client.prototype.query;
afterAll(() => {
  pg.Client.prototype.query = send as typeof pg.Client.prototype.query;
});

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@inaccessible"])`;
const ORDERS = `${FEDERATION}
  type Order @key(fields: "id") { id: ID! readerProof: String @inaccessible }
  type Cart @key(fields: "id") { id: ID! lines: [CartLine!]! subtotal: Money! customer: User }
  type CartLine { quantity: Int! variant: ProductVariant }
  type Money @shareable { amountMinor: Int! }
  type ProductVariant @key(fields: "id", resolvable: false) { id: ID! }
  type User @key(fields: "id", resolvable: false) { id: ID! }`;
const PRODUCTS = `${FEDERATION}
  type ProductVariant @key(fields: "id") { id: ID! weightGrams: Int! }`;
const USERS = `${FEDERATION}
  type User @key(fields: "id") { id: ID! addresses: [Address!]! }
  type Address { country: String! }`;
const ONE =
  '{ _entities(representations: [{ __typename: "Order", id: "o1" }]) { ... on Order { shipments { id } } } }';

describeSubgraphContract('shipping', {
  async create() {
    const shipping = await startShipping();
    opened.push(shipping);
    return { app: shipping.app, breakStore: () => shipping.database.drop() };
  },
  logger: silentLogger,
  neighbours: { orders: ORDERS, products: PRODUCTS, users: USERS },
  entities: [
    {
      typename: 'Order',
      known: async () => {
        const [shipping] = opened;
        if (!shipping) throw new Error('nothing was created');
        shipping.schedule('o1');
        shipping.schedule('o2');
        await eventually(
          () => shipping.shipments(['o1', 'o2']),
          (all) => all.every((shipments) => shipments?.length === 1),
        );
        return [{ id: 'o1' }, { id: 'o2' }];
      },
      unknown: { id: 'nothing' },
      unknownIs: 'stub',
      selection: 'id shipments { id events { id } }',
      viewer: STAFF,
    },
  ],
  storeCalls: {
    reset: () => (statements.length = 0),
    count: () => statements.filter((text) => text.includes('"public"."shipments"')).length,
  },
  // Nothing here can be asked for but an order's shipments, which are null for whoever may not see it.
  guarded: { query: ONE, code: '"shipments":null' },
  storeQuery: { query: ONE, viewer: STAFF },
});
