import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OrdersUnderTest, account, staff, startOrders } from './__fixtures__/orders-under-test.js';
import { only } from './__fixtures__/answers.js';
import { silentLogger } from '@souk/testkit/logger';
import { seed } from './index.js';

let orders: OrdersUnderTest;
beforeAll(async () => {
  // Its driver looks once, before there is anything: history is not to move while it is compared.
  orders = await startOrders({ driveEveryMs: 3_600_000 });
});
afterAll(() => orders.stop());

const LIST = `{ allOrders(first: 100) { totalCount nodes { id number status version createdAt subtotal { amountMinor } total { amountMinor }
  timeline { type message } lines { quantity unitPrice { amountMinor } } } } }`;
const SAGAS = `{ sagas(first: 100) { totalCount nodes { status nextActionAt order { id status }
  steps { name status } } } }`;
/** What the saga of an order in a state waits for. */
const WAITS_FOR: Readonly<Record<string, readonly string[]>> = {
  PLACED: ['COMMIT_STOCK'],
  PAID: ['COMMIT_STOCK', 'SHIP'],
  SHIPPED: ['DELIVER'],
};

test('a history is made once, complete and consistent, and nobody is told of it', async () => {
  const deps = {
    databaseUrl: orders.database.url,
    logger: silentLogger,
    clock: () => new Date(),
    tokenSecret: 'a test secret of at least 32 characters',
  };
  await seed(deps, { products: 60, seed: 7, orders: 120 });
  const first = (await orders.run(LIST, {}, staff)).data.allOrders;
  await seed(deps, { products: 60, seed: 7, orders: 120 });
  const again = (await orders.run(LIST, {}, staff)).data.allOrders;
  expect(again).toEqual(first);
  expect(first.totalCount).toBe(120);
  for (const { version, status, timeline, subtotal, lines } of first.nodes) {
    expect(timeline).toHaveLength(version);
    expect(timeline.map(({ type }) => type)).toContain(status);
    expect(lines.reduce((sum, line) => sum + line.quantity * line.unitPrice.amountMinor, 0)).toBe(
      subtotal.amountMinor,
    );
  }
  const sent = first.nodes.map(({ total, subtotal }) => total.amountMinor - subtotal.amountMinor);
  expect(new Set(sent)).toEqual(new Set([0, 490, 990]));
  expect(new Set(first.nodes.map(({ status }) => status)).size).toBeGreaterThan(2);
  const sagas = (await orders.run(SAGAS, {}, staff)).data.sagas;
  expect(sagas.totalCount).toBe(120);
  expect(sagas.nodes.map(({ order }) => order.id)).toEqual(first.nodes.map(({ id }) => id));
  for (const { order, status, steps, nextActionAt } of sagas.nodes) {
    const open = steps.filter((step) => step.status === 'ASKED').map(({ name }) => name);
    const waitsFor = WAITS_FOR[order.status];
    expect(open).toEqual(waitsFor ?? []);
    expect(nextActionAt === null).toBe(waitsFor === undefined);
    const rests = order.status === 'COMPLETE' ? 'COMPLETE' : 'COMPENSATED';
    expect(status).toBe(waitsFor ? 'RUNNING' : rests);
  }
  expect(only(first.nodes, -1).number).toBe('S-10021');
  expect((await orders.app.events?.head()) ?? 0).toBe(0);
  const ada = await orders.run('{ orders { totalCount } }', {}, account('usr_demo_ada'));
  expect(ada.data.orders.totalCount).toBeGreaterThan(0);
});
