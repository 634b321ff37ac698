import { describeSubgraphContract } from '@souk/testkit/contract';
import { silentLogger } from '@souk/testkit/logger';
import pg from 'pg';
import { afterAll } from 'vitest';
import { only } from './__fixtures__/answers.js';
import { type OrdersUnderTest, account, startOrders } from './__fixtures__/orders-under-test.js';

const ada = account('ada');
const opened: OrdersUnderTest[] = [];
afterAll(async () => {
  await Promise.all(opened.map((orders) => orders.stop()));
});

// What reaches the database is counted where it leaves the process; what runs in the background reads no whole orders.
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

describeSubgraphContract('orders', {
  async create() {
    const orders = await startOrders({ driveEveryMs: 3_600_000 });
    // Orders rest once they are placed: what happens to them in the background would be counted, too.
    orders.stayPlaced();
    opened.push(orders);
    return { app: orders.app, breakStore: () => orders.database.drop() };
  },
  logger: silentLogger,
  entities: [
    {
      typename: 'Order',
      known: async () => {
        const orders = only(opened);
        const first = await orders.place(await orders.fill(ada, { lamp: 1 }));
        const second = await orders.place(await orders.fill(ada, { chair: 2 }));
        return [{ id: first.order.id }, { id: second.order.id }];
      },
      unknown: { id: 'nothing' },
      selection: 'id number total { amountMinor } lines { id quantity } timeline { id type }',
      viewer: ada.viewer,
    },
  ],
  storeCalls: {
    reset: () => (statements.length = 0),
    count: () =>
      statements.filter((text) => /FROM (orders|order_lines|order_timeline)\b.*= ANY/s.test(text)).length,
  },
  guarded: { query: '{ orders { totalCount } }', code: 'UNAUTHENTICATED' },
  storeQuery: { query: '{ orders { totalCount } }', viewer: ada.viewer },
});
