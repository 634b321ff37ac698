import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '@souk/testkit/logger';
import {
  type OrdersUnderTest,
  account,
  eventually,
  guest,
  staff,
  startOrders,
} from './__fixtures__/orders-under-test.js';
import { type OrderAnswer, type SagaAnswer, codeOf, only } from './__fixtures__/answers.js';
import { driveSagas } from './events/drive-sagas.js';
import { openDatabase } from './store/database.js';

const SECOND = 1_000;
const DAY = 24 * 3_600 * SECOND;

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());
beforeEach(() => {
  orders.shop.release();
  orders.time.offsetMs = 0;
});

const STEP = 'name status attempts deadline nextRetryAt lastError';
const FIELDS = `orderId status nextActionAt order { id status } history { sequence step type }
  steps { ${STEP} compensation { ${STEP} compensation { name status } } }`;
const SAGA = `query ($id: ID!) { saga(orderId: $id) { ${FIELDS} } }`;
const ERRORS = 'errors { __typename code message path }';
const RETRY = `mutation ($input: RetrySagaInput!) { retrySaga(input: $input) { saga { ${FIELDS} } ${ERRORS} } }`;
const COMPENSATE = `mutation ($input: CompensateSagaInput!) { compensateSaga(input: $input) { saga { ${FIELDS} } ${ERRORS} } }`;

const placed = async (): Promise<OrderAnswer> =>
  (await orders.place(await orders.fill(account('ada'), { lamp: 1 }))).order;
const sagaOf = async (id: string): Promise<SagaAnswer> => (await orders.run(SAGA, { id }, staff)).data.saga;
const stepOf = (saga: SagaAnswer, name: string) => saga.steps.find((step) => step.name === name);
const sent = (id: string, type: string): number =>
  orders.shop.commandsFor(id).filter((one) => one === type).length;
const query = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: orders.database.url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text, values);
  await client.end();
  return rows;
};

describe('a saga, for staff', () => {
  test('shows its steps, what takes them back, and everything that happened to them', async () => {
    // However slow the machine is: nothing is asked for again.
    orders.time.standsAt = Date.now();
    onTestFinished(() => void (orders.time.standsAt = undefined));
    const { id } = await placed();
    await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    const saga = await sagaOf(id);
    expect(saga).toMatchObject({ orderId: id, status: 'RUNNING', order: { id, status: 'PAID' } });
    expect(saga.steps.map(({ name, status }) => [name, status])).toEqual([
      ['RESERVE_STOCK', 'DONE'],
      ['AUTHORIZE_PAYMENT', 'DONE'],
      ['COMMIT_STOCK', 'DONE'],
      ['CAPTURE_PAYMENT', 'DONE'],
      ['SCHEDULE_SHIPMENT', 'DONE'],
      ['SHIP', 'ASKED'],
      ['DELIVER', 'WAITING'],
    ]);
    expect(saga.steps.map(({ compensation }) => compensation?.name)).toEqual([
      ...['RELEASE_STOCK', 'VOID_PAYMENT', undefined, undefined],
      ...['CANCEL_SHIPMENT', undefined, 'RETURN_SHIPMENT'],
    ]);
    expect(saga.history.map(({ sequence, step, type }) => `${sequence} ${step} ${type}`)).toEqual([
      '1 RESERVE_STOCK ASKED',
      '2 RESERVE_STOCK DONE',
      '3 AUTHORIZE_PAYMENT ASKED',
      '4 AUTHORIZE_PAYMENT DONE',
      '5 COMMIT_STOCK ASKED',
      '6 COMMIT_STOCK DONE',
      '7 CAPTURE_PAYMENT ASKED',
      '8 CAPTURE_PAYMENT DONE',
      '9 SCHEDULE_SHIPMENT ASKED',
      '10 SCHEDULE_SHIPMENT DONE',
      '11 SHIP ASKED',
    ]);
    const rows = await query('SELECT step, status, attempts FROM saga_steps WHERE order_id = $1', [id]);
    expect(rows).toContainEqual({ step: 'SHIP', status: 'ASKED', attempts: 1 });
  });

  test('is nobody else’s, and unknown ones are told so', async () => {
    const { id } = await placed();
    for (const [caller, code] of [
      [account('ada'), 'FORBIDDEN'],
      [guest, 'UNAUTHENTICATED'],
    ] as const) {
      expect(codeOf(await orders.run(SAGA, { id }, caller))).toBe(code);
      expect(codeOf(await orders.run('{ sagas { totalCount } }', {}, caller))).toBe(code);
      expect(codeOf(await orders.run(RETRY, { input: { orderId: id } }, caller))).toBe(code);
      expect(codeOf(await orders.run(COMPENSATE, { input: { orderId: id } }, caller))).toBe(code);
    }
    expect(await sagaOf('no-such-order')).toBeNull();
    const unknown = { input: { orderId: 'no-such-order' } };
    const { retrySaga } = (await orders.run(RETRY, unknown, staff)).data;
    const { compensateSaga } = (await orders.run(COMPENSATE, unknown, staff)).data;
    for (const { saga, errors } of [retrySaga, compensateSaga]) {
      expect({ saga, code: only(errors).code }).toEqual({ saga: null, code: 'NOT_FOUND' });
    }
  });

  test('is listed, newest first, page by page, and by state', async () => {
    const few = await startOrders();
    onTestFinished(() => few.stop());
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { order } = await few.place(await few.fill(account('ada'), { lamp: 1 }));
      ids.unshift(order.id);
    }
    const LIST = `query ($after: String, $statuses: [SagaStatus!]) { sagas(first: 2, after: $after, statuses: $statuses) {
      nodes { orderId status } totalCount pageInfo { hasNextPage endCursor } } }`;
    const list = async (variables: Record<string, unknown>) =>
      (await few.run(LIST, variables, staff)).data.sagas;
    const first = await list({});
    const second = await list({ after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes].map(({ orderId }) => orderId)).toEqual(ids);
    expect([first, second].map(({ totalCount }) => totalCount)).toEqual([3, 3]);
    expect([first, second].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false]);
    expect(await list({ statuses: ['STUCK', 'RETURNING'] })).toMatchObject({ nodes: [], totalCount: 0 });
    expect(codeOf(await few.run(LIST, { after: 'nonsense' }, staff))).toBe('BAD_USER_INPUT');
  });
});

describe('time', () => {
  // However slow the machine is: nothing is asked for again before the test says so.
  beforeEach(() => void (orders.time.standsAt = Date.now()));
  afterEach(() => void (orders.time.standsAt = undefined));

  test('a step without an answer is asked for again, and its answer counts once', async () => {
    orders.shop.unheard.add('payment.capture-requested');
    const { id } = await placed();
    await eventually(
      () => sent(id, 'payment.capture-requested'),
      (count) => count === 1,
    );
    orders.time.offsetMs = 6 * SECOND;
    await eventually(
      () => sent(id, 'payment.capture-requested'),
      (count) => count === 2,
    );
    const saga = await sagaOf(id);
    expect(stepOf(saga, 'CAPTURE_PAYMENT')).toMatchObject({
      ...{ status: 'ASKED', attempts: 2, lastError: 'There was no answer.' },
    });
    expect(saga.nextActionAt).toBe(stepOf(saga, 'CAPTURE_PAYMENT')?.nextRetryAt);
    orders.shop.release();
    const order = await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    expect(order.timeline.filter(({ type }) => type === 'PAID')).toHaveLength(1);
  });

  test('a process that dies between two steps is replaced, and nothing is asked for twice without need', async () => {
    orders.shop.silent.add('payments');
    const buyer = await orders.fill(account('patient'), { lamp: 1 });
    const waiting = orders.placeOnce(buyer);
    const { nodes } = await eventually(
      async () => (await orders.run('{ orders { nodes { id timeline { type } } } }', {}, buyer)).data.orders,
      (page) => page.nodes.some(({ timeline }) => timeline.some(({ type }) => type === 'STOCK_RESERVED')),
    );
    const { id } = only(nodes);
    await waiting;
    await orders.restart();
    orders.shop.release();
    await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    expect(sent(id, 'stock.reserve-requested')).toBe(1);
    expect(sent(id, 'stock.commit-requested')).toBe(1);
  });

  test('drivers share what is due: each saga is driven by one of them', async () => {
    orders.stayPlaced();
    const ids = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const buyer = await orders.fill(account(`shared-${index}`), { lamp: 1 });
        return (await orders.place(buyer)).order.id;
      }),
    );
    const database = openDatabase({ url: orders.database.url, logger: silentLogger });
    let serial = 0;
    const drivers = Array.from({ length: 4 }, (_, index) =>
      driveSagas({
        database,
        logger: silentLogger,
        clock: () => new Date(orders.clock().getTime() + 5 * SECOND),
        newId: () => `id-${index}-${(serial += 1)}`,
        driver: `driver-${index}`,
        everyMs: 5,
        leaseMs: 30 * SECOND,
      }),
    );
    const attempts = async (): Promise<unknown[]> =>
      (
        await query(
          "SELECT attempts FROM saga_steps WHERE step = 'COMMIT_STOCK' AND status = 'ASKED' AND order_id = ANY($1)",
          [ids],
        )
      ).map((row) => row['attempts']);
    await eventually(attempts, (all) => all.length === 12 && all.every((count) => count === 2));
    await Promise.all(drivers.map((driver) => driver.stop()));
    await database.close();
    const entries = await query(
      "SELECT count(*)::int AS n FROM saga_history WHERE type = 'ASKED_AGAIN' AND order_id = ANY($1)",
      [ids],
    );
    expect(entries).toEqual([{ n: 12 }]);
    expect(
      await query('SELECT order_id FROM sagas WHERE driver IS NOT NULL AND order_id = ANY($1)', [ids]),
    ).toEqual([]);
  });

  test('what a dead driver holds is taken over when its lease ends, and not before', async () => {
    orders.stayPlaced();
    const { id } = await placed();
    const leasedUntil = new Date(orders.clock().getTime() + 60 * SECOND);
    await query("UPDATE sagas SET driver = 'dead', leased_until = $2, due_at = $3 WHERE order_id = $1", [
      ...[id, leasedUntil, orders.clock()],
    ]);
    orders.time.offsetMs = 20 * SECOND;
    const other = await placed();
    orders.time.offsetMs = 40 * SECOND;
    await eventually(
      () => sent(other.id, 'stock.commit-requested'),
      (count) => count === 2,
    );
    expect(sent(id, 'stock.commit-requested')).toBe(1);
    orders.time.offsetMs = 61 * SECOND;
    await eventually(
      () => sent(id, 'stock.commit-requested'),
      (count) => count >= 2,
    );
  });

  test('a saga that gets no answer at all is stuck, and staff can ask again or give everything back', async () => {
    orders.shop.unheard.add('shipment.schedule-requested');
    const { id } = await placed();
    await orders.reaches(id, 'PAID');
    await eventually(
      () => sent(id, 'shipment.schedule-requested'),
      (count) => count === 1,
    );
    orders.time.offsetMs = 3 * DAY + SECOND;
    await eventually(
      () => sagaOf(id),
      ({ status }) => status === 'STUCK',
    );
    const STUCK = '{ sagas(statuses: [STUCK]) { nodes { orderId } } }';
    expect((await orders.run(STUCK, {}, staff)).data.sagas.nodes).toContainEqual({ orderId: id });

    const asked = sent(id, 'shipment.schedule-requested');
    const { retrySaga } = (await orders.run(RETRY, { input: { orderId: id } }, staff)).data;
    expect(retrySaga).toMatchObject({ saga: { status: 'RUNNING' }, errors: [] });
    await eventually(
      () => sent(id, 'shipment.schedule-requested'),
      (count) => count > asked,
    );
    const input = { orderId: id, reason: 'The warehouse burnt down.' };
    for (let times = 0; times < 2; times += 1) {
      const { compensateSaga } = (await orders.run(COMPENSATE, { input }, staff)).data;
      expect(compensateSaga.errors).toEqual([]);
    }
    const order = await orders.reaches(id, 'REFUNDED');
    expect(order.status).toBe('CANCELLED');
    await eventually(
      () => sagaOf(id),
      ({ status }) => status === 'COMPENSATED',
    );
    expect((await orders.run(RETRY, { input: { orderId: id } }, staff)).data.retrySaga).toMatchObject({
      saga: { status: 'COMPENSATED' },
      errors: [],
    });
  });

  test('a delivered order is not undone but returned', async () => {
    const { id } = await placed();
    await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    orders.shop.tell('shipping', 'shipment.delivered', { orderId: id });
    await orders.reaches(id, 'COMPLETE');
    const { compensateSaga } = (await orders.run(COMPENSATE, { input: { orderId: id } }, staff)).data;
    expect(compensateSaga).toMatchObject({
      saga: null,
      errors: [{ __typename: 'InvalidTransitionError', code: 'INVALID_TRANSITION' }],
    });
  });
});

test('a payment that the bank wants confirmed is answered at once, and goes on when it is', async () => {
  const buyer = await orders.fill(account('challenged'), { lamp: 1 });
  const { order, errors } = await orders.placeOnce(buyer, { paymentToken: 'tok_challenge' });
  expect(errors).toEqual([]);
  const { timeline } = await orders.reaches(order.id, 'PAYMENT_CHALLENGED');
  expect(timeline.map(({ type }) => type)).toEqual(['RECEIVED', 'STOCK_RESERVED', 'PAYMENT_CHALLENGED']);
  orders.shop.payments.set(order.id, 'AUTHORIZED');
  orders.shop.tell('payments', 'payment.authorized', { orderId: order.id });
  expect((await orders.reaches(order.id, 'SHIPMENT_SCHEDULED')).status).toBe('PAID');
});
