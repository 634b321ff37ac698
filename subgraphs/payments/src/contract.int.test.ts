import { describeSubgraphContract } from '@souk/testkit/contract';
import { silentLogger } from '@souk/testkit/logger';
import pg from 'pg';
import { afterAll } from 'vitest';
import {
  type PaymentsUnderTest,
  STAFF,
  eventually,
  startPayments,
} from './__fixtures__/payments-under-test.js';

const opened: PaymentsUnderTest[] = [];
afterAll(async () => {
  await Promise.all(opened.map((payments) => payments.stop()));
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

const ORDERS = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible"])
  type Order @key(fields: "id") { id: ID! readerProof: String @inaccessible }`;
const ONE =
  '{ _entities(representations: [{ __typename: "Order", id: "o1" }]) { ... on Order { payment { id } } } }';

describeSubgraphContract('payments', {
  async create() {
    const payments = await startPayments();
    opened.push(payments);
    return { app: payments.app, breakStore: () => payments.database.drop() };
  },
  logger: silentLogger,
  neighbours: { orders: ORDERS },
  entities: [
    {
      typename: 'Order',
      known: async () => {
        const [payments] = opened;
        if (!payments) throw new Error('nothing was created');
        payments.authorize('o1');
        payments.authorize('o2');
        await eventually(
          () => payments.payments(['o1', 'o2']),
          (all) => all.every((payment) => payment !== null),
        );
        return [{ id: 'o1' }, { id: 'o2' }];
      },
      unknown: { id: 'nothing' },
      unknownIs: 'stub',
      selection: 'id payment { id status }',
      viewer: STAFF,
    },
  ],
  storeCalls: {
    reset: () => (statements.length = 0),
    count: () => statements.filter((text) => text.includes('"public"."intents"')).length,
  },
  // Nothing here can be asked for but an order's payment, which is null for whoever may not see it.
  guarded: { query: ONE, code: '"payment":null' },
  storeQuery: { query: ONE, viewer: STAFF },
});
