import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  CANCEL,
  type Caller,
  LIVE,
  type OrdersUnderTest,
  account,
  guest,
  staff,
  startOrders,
} from './__fixtures__/orders-under-test.js';
import { type Answer, type OrderAnswer, codeOf } from './__fixtures__/answers.js';

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders({ placementWaitMs: 500 });
});
beforeEach(() => orders.stayPlaced());
afterAll(() => orders.stop());

const placed = async (caller: Caller): Promise<OrderAnswer> =>
  (await orders.place(await orders.fill(caller, { lamp: 1 }))).order;
const report = (type: string, orderId: string) =>
  orders.shop.tell('shipping', `shipment.${type}`, { orderId });
const cancel = (orderId: string) => orders.run(CANCEL, { input: { orderId } }, staff);
const take = async (stream: AsyncIterator<Answer, undefined>, count: number): Promise<OrderAnswer[]> => {
  const pushes: OrderAnswer[] = [];
  while (pushes.length < count) {
    const step = await stream.next();
    if (step.done) break;
    const { orderUpdated, orderFeed }: Partial<Answer['data']> = step.value.data;
    const push = orderUpdated ?? orderFeed;
    if (push) pushes.push(push);
  }
  return pushes;
};
const told = (pushes: OrderAnswer[]) => pushes.map(({ version, status }) => [version, status]);

test('the first push is the present state, then one for each change, each as it was', async () => {
  const { id } = await placed(account('ada'));
  const stream = await orders.watch(LIVE, { id }, account('ada'));
  expect(told(await take(stream, 1))).toEqual([[4, 'PLACED']]);
  // All of them before the stream is read again: none may be lost or merged.
  orders.shop.release();
  await orders.reaches(id, 'SHIPMENT_SCHEDULED');
  report('shipped', id);
  report('delivered', id);
  await orders.reaches(id, 'COMPLETE');
  const pushes = await take(stream, 4);
  expect(told(pushes)).toEqual([
    [5, 'PAID'],
    [6, 'PAID'],
    [7, 'SHIPPED'],
    [8, 'COMPLETE'],
  ]);
  expect(pushes.map(({ availableTransitions }) => availableTransitions)).toEqual([
    ['CANCELLED'],
    ['SHIPPED', 'CANCELLED'],
    ['COMPLETE'],
    [],
  ]);
  expect(pushes.map(({ timeline }) => timeline.length)).toEqual([5, 6, 7, 8]);
  await stream.return();
});

test('an order that is being placed tells every step of it', async () => {
  orders.shop.silent.add('inventory');
  const { order } = await orders.placeOnce(await orders.fill(guest, { lamp: 1 }));
  const { id, accessToken } = order;
  const stream = await orders.watch(LIVE, { id, accessToken }, guest);
  expect(told(await take(stream, 1))).toEqual([[1, 'PENDING']]);
  orders.shop.speak();
  expect(told(await take(stream, 3))).toEqual([
    [2, 'PENDING'],
    [3, 'PENDING'],
    [4, 'PLACED'],
  ]);
  await stream.return();
});

test('nobody else may watch', async () => {
  const { id } = await placed(account('ada'));
  for (const [query, variables, caller, code] of [
    [LIVE, { id }, account('eve'), 'NOT_FOUND'],
    [LIVE, { id, accessToken: 'made up' }, guest, 'NOT_FOUND'],
    [LIVE, { id: 'no-such-order' }, staff, 'NOT_FOUND'],
    ['subscription { orderFeed { id } }', {}, account('ada'), 'FORBIDDEN'],
    ['subscription { orderFeed { id } }', {}, guest, 'UNAUTHENTICATED'],
  ] as const) {
    expect(codeOf(await orders.watchInVain(query, variables, caller))).toBe(code);
  }
});

test('a watcher who leaves while waiting is let go at once, and what waits ends', async () => {
  const { id } = await placed(account('ada'));
  const stream = await orders.watch(LIVE, { id }, account('ada'));
  await take(stream, 1);
  const waiting = stream.next();
  expect(await stream.return()).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test('two hundred watchers of one order all see the same', async () => {
  const { id } = await placed(account('ada'));
  const streams = await Promise.all(
    Array.from({ length: 200 }, () => orders.watch(LIVE, { id }, account('ada'))),
  );
  const seenByAll = async (count: number) => {
    const all = await Promise.all(streams.map((stream) => take(stream, count)));
    return new Set(all.map((pushes) => JSON.stringify(told(pushes))));
  };
  // All have their first look before anything changes.
  expect(await seenByAll(1)).toEqual(new Set(['[[4,"PLACED"]]']));
  await cancel(id);
  expect(await seenByAll(2)).toEqual(new Set(['[[5,"CANCELLED"],[6,"CANCELLED"]]']));
  await Promise.all(streams.map((stream) => stream.return()));
});

test('staff sees every order that changes', async () => {
  const stream = await orders.watch('subscription { orderFeed { id status version } }', {}, staff);
  const order = await placed(account('ada'));
  const seen: OrderAnswer[] = [];
  // Orders of other tests may still be on their way.
  while (seen.at(-1)?.status !== 'PLACED') {
    seen.push(...(await take(stream, 1)).filter(({ id }) => id === order.id));
  }
  const versions = seen.map(({ version }) => version);
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
  await stream.return();
});

test('a change that happens while the listening connection is lost still arrives', async () => {
  const { id } = await placed(account('ada'));
  const stream = await orders.watch(LIVE, { id }, account('ada'));
  await take(stream, 1);
  const admin = new pg.Client({ connectionString: orders.database.url });
  await admin.connect();
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
  );
  await cancel(id);
  const seen: OrderAnswer[] = [];
  while (seen.at(-1)?.status !== 'CANCELLED') seen.push(...(await take(stream, 1)));
  expect(seen.at(-1)?.version).toBe(5);
  await stream.return();
  await admin.end();
});

test('staff is told of what changed unheard before the listening connection was lost', async () => {
  const { id } = await placed(account('ada'));
  const stream = await orders.watch('subscription { orderFeed { id status version } }', {}, staff);
  const admin = new pg.Client({ connectionString: orders.database.url });
  await admin.connect();
  await admin.query(
    `WITH told AS (INSERT INTO order_timeline VALUES ($1, 5, 'PAID', 'PAID', 'Paid.', now()))
     UPDATE orders SET version = 5, status = 'PAID', updated_at = now() WHERE id = $1`,
    [id],
  );
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
  );
  const seen: OrderAnswer[] = [];
  while (seen.at(-1)?.version !== 5) {
    seen.push(...(await take(stream, 1)).filter((order) => order.id === id));
  }
  expect(seen.at(-1)?.status).toBe('PAID');
  await stream.return();
  await admin.end();
});

test('a change that nobody was told of is found by looking', async () => {
  const { id } = await placed(account('ada'));
  const stream = await orders.watch(LIVE, { id }, account('ada'));
  const seen = await take(stream, 1);
  const admin = new pg.Client({ connectionString: orders.database.url });
  await admin.connect();
  while (seen.at(-1)?.status !== 'PLACED') seen.push(...(await take(stream, 1)));
  await admin.query(
    `WITH told AS (INSERT INTO order_timeline VALUES ($1, 5, 'PAID', 'PAID', 'Paid.', now()))
     UPDATE orders SET version = 5, status = 'PAID' WHERE id = $1`,
    [id],
  );
  expect(told(await take(stream, 1))).toEqual([[5, 'PAID']]);
  await stream.return();
  await admin.end();
});
