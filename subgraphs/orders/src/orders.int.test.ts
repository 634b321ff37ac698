import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  CANCEL,
  type Caller,
  type OrdersUnderTest,
  READ,
  RETURN,
  TRANSITION,
  account,
  eventually,
  guest,
  staff,
  startOrders,
} from './__fixtures__/orders-under-test.js';
import { type OrderAnswer, codeOf, firstError, only } from './__fixtures__/answers.js';

let orders: OrdersUnderTest;
beforeAll(async () => {
  // So long that only somebody who keeps silent is not waited for to the end.
  orders = await startOrders({ placementWaitMs: 60_000 });
});
afterAll(() => orders.stop());

const placed = async (caller: Caller, lines: Record<string, number> = { lamp: 1 }): Promise<OrderAnswer> =>
  (await orders.place(await orders.fill(caller, lines))).order;
const cancel = async (input: Record<string, unknown>, caller: Caller) =>
  (await orders.run(CANCEL, { input }, caller)).data.cancelOrder;
const transition = async (orderId: string, to: string, caller = staff) =>
  (await orders.run(TRANSITION, { input: { orderId, to } }, caller)).data.transitionOrder;
/** However slow the machine is: nothing is asked for again in this test. */
const stopTime = (): void => {
  orders.time.standsAt = Date.now();
  onTestFinished(() => void (orders.time.standsAt = undefined));
};
const ENTITY = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Order { id number email } } }`;

describe('an order is for its owner, staff, and whoever holds its token', () => {
  test('everybody else gets the same answer as for an order that does not exist', async () => {
    const { id } = await placed(account('ada'));
    const guests = await placed(guest);
    const forged = {
      viewer: { kind: 'user', userId: 'eve', roles: ['CUSTOMER'], isAdmin: true },
    } as unknown as Caller;
    const replies = await Promise.all([
      orders.run(READ, { id: 'no-such-order' }, account('eve')),
      orders.run(READ, { id }, account('eve')),
      orders.run(READ, { id }, guest),
      orders.run(READ, { id }, forged),
      orders.run(READ, { id, accessToken: guests.accessToken }, guest),
      orders.run(READ, { id: guests.id }, guest),
      orders.run(READ, { id: guests.id, accessToken: `${guests.accessToken}x` }, guest),
    ]);
    for (const reply of replies) {
      expect(reply.data.order).toBeNull();
      expect({ ...firstError(reply).toJSON(), locations: [] }).toEqual({
        ...firstError(only(replies)).toJSON(),
        locations: [],
      });
      expect(codeOf(reply)).toBe('NOT_FOUND');
    }
    const representations = [id, guests.id, 'no-such-order'].map((key) => ({ __typename: 'Order', id: key }));
    const entities = await orders.run(ENTITY, { r: representations }, account('eve'));
    expect(entities).toEqual({ data: { _entities: [null, null, null] } });
    const service: Caller = { viewer: { kind: 'service', service: 'shipping' } };
    expect((await orders.run(ENTITY, { r: representations }, service)).data._entities).toMatchObject([
      { id, email: 'ada@souk.test' },
      { id: guests.id },
      null,
    ]);
  });

  test('the access token is shown to the buyer at placing, then to the account that owns it only', async () => {
    const owner = account('ada');
    const own = await placed(owner);
    const guests = await placed(guest);
    const tokenIn = async (order: OrderAnswer, caller: Caller, accessToken?: string) =>
      (await orders.run(READ, { id: order.id, accessToken }, caller)).data.order.accessToken;
    expect(await tokenIn(own, owner)).toBe(own.accessToken);
    expect(await tokenIn(own, staff)).toBeNull();
    expect(await tokenIn(guests, guest, guests.accessToken)).toBeNull();
  });

  test('lists: mine for an account, all for staff, nothing for anybody else', async () => {
    const lister = account('lister');
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.unshift((await placed(lister)).id);
    const LIST = `query ($first: Int, $after: String) { orders(first: $first, after: $after) {
      nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount } }`;
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < 3; page += 1) {
      const { data } = await orders.run(LIST, { first: 2, after }, lister);
      seen.push(...data.orders.nodes.map(({ id }) => id));
      expect(data.orders.totalCount).toBe(5);
      expect(data.orders.pageInfo).toMatchObject({ hasNextPage: page < 2, hasPreviousPage: page > 0 });
      after = data.orders.pageInfo.endCursor;
    }
    expect(seen).toEqual(ids);
    for (const first of [0, 101, -1])
      expect(codeOf(await orders.run(LIST, { first }, lister))).toBe('BAD_USER_INPUT');
    for (const bad of ['nonsense', 'WyJub3QgYSBkYXRlIiwieCJd']) {
      expect(codeOf(await orders.run(LIST, { after: bad }, lister))).toBe('BAD_USER_INPUT');
    }
    expect(codeOf(await orders.run(LIST, {}, guest))).toBe('UNAUTHENTICATED');
    expect((await orders.run(LIST, {}, account('somebody new'))).data.orders).toMatchObject({
      nodes: [],
      totalCount: 0,
    });

    const ALL = `query ($query: String, $statuses: [OrderStatus!]) { allOrders(query: $query, statuses: $statuses) { nodes { id number status } totalCount } }`;
    expect(codeOf(await orders.run(ALL, {}, lister))).toBe('FORBIDDEN');
    await orders.reaches(only(ids), 'SHIPMENT_SCHEDULED');
    const newest = only((await orders.run(ALL, {}, staff)).data.allOrders.nodes);
    expect(newest.id).toBe(ids[0]);
    const found = async (variables: Record<string, unknown>) =>
      (await orders.run(ALL, variables, staff)).data.allOrders;
    expect((await found({ query: newest.number.toLowerCase() })).nodes).toEqual([newest]);
    expect((await found({ query: 'LOVELACE' })).totalCount).toBeGreaterThanOrEqual(5);
    expect(await found({ query: '100%' })).toEqual({ nodes: [], totalCount: 0 });
    expect((await found({ query: newest.number, statuses: ['PAID'] })).totalCount).toBe(1);
    expect((await found({ query: newest.number, statuses: ['SHIPPED'] })).totalCount).toBe(0);
  });
});

describe('after it was placed', () => {
  test('an order goes on by itself: committed, captured, scheduled', async () => {
    stopTime();
    const { id } = await placed(account('ada'));
    const order = await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    expect(order).toMatchObject({
      status: 'PAID',
      version: 6,
      availableTransitions: ['SHIPPED', 'CANCELLED'],
    });
    const commands = await eventually(
      () => orders.shop.commandsFor(id),
      (types) => types.includes('shipment.schedule-requested'),
    );
    expect(commands.slice(2)).toEqual([
      'order.placed',
      'stock.commit-requested',
      'payment.capture-requested',
      'order.paid',
      'shipment.schedule-requested',
    ]);
    orders.shop.tell('shipping', 'shipment.shipped', { orderId: id });
    orders.shop.tell('shipping', 'shipment.moved', {
      orderId: id,
      ...{ place: 'Leipzig', message: 'Sorted' },
    });
    orders.shop.tell('shipping', 'shipment.delivered', { orderId: id });
    const { timeline, status } = await orders.reaches(id, 'COMPLETE');
    expect(status).toBe('COMPLETE');
    expect(timeline.slice(6)).toEqual([
      { type: 'SHIPPED', message: 'Your parcel is on its way.' },
      { type: 'IN_TRANSIT', message: 'Leipzig: Sorted' },
      { type: 'COMPLETE', message: 'Your order was delivered.' },
    ]);
  });

  test('one whose stock ran out of time gives the money back by itself', async () => {
    orders.stayPlaced();
    const { id } = await placed(account('ada'));
    orders.shop.forget(id);
    orders.shop.release();
    const order = await orders.reaches(id, 'PAYMENT_VOIDED');
    expect(order).toMatchObject({ status: 'CANCELLED', availableTransitions: [] });
    expect(orders.shop.payments.get(id)).toBe('VOIDED');
  });
});

describe('staff', () => {
  test('says that a parcel has left and arrived; shipping is told, and its report is waited for', async () => {
    stopTime();
    const { id } = await placed(account('ada'));
    await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    for (const to of ['SHIPPED', 'COMPLETE']) {
      const { order, errors } = await transition(id, to);
      expect({ status: order.status, errors }).toEqual({ status: to, errors: [] });
    }
    const again = await transition(id, 'COMPLETE');
    expect(again).toMatchObject({
      order: { status: 'COMPLETE', version: 8, cancellable: false, returnable: true },
      errors: [],
    });
    const commands = await eventually(
      () => orders.shop.commandsFor(id),
      (types) => types.includes('order.completed'),
    );
    expect(commands.slice(7)).toEqual([
      'shipment.advance-requested',
      'order.shipped',
      'shipment.advance-requested',
      'order.completed',
    ]);
  });

  test('cannot skip a step, and nobody else can take one', async () => {
    orders.stayPlaced();
    const { id } = await placed(account('ada'));
    expect(await transition(id, 'COMPLETE')).toEqual({
      order: null,
      errors: [
        {
          __typename: 'InvalidTransitionError',
          code: 'INVALID_TRANSITION',
          message: 'The order is PLACED, which does not allow this. Possible now: CANCELLED.',
          path: [],
          status: 'PLACED',
          availableTransitions: ['CANCELLED'],
        },
      ],
    });
    orders.shop.release();
    expect((await transition('no-such-order', 'SHIPPED')).errors[0]).toMatchObject({
      code: 'NOT_FOUND',
      path: ['orderId'],
    });
    const variables = { input: { orderId: id, to: 'SHIPPED' } };
    expect(codeOf(await orders.run(TRANSITION, variables, account('ada')))).toBe('FORBIDDEN');
    expect(codeOf(await orders.run(TRANSITION, variables, guest))).toBe('UNAUTHENTICATED');
  });

  test('racing for the same step makes one version of it', async () => {
    const { id } = await placed(account('ada'));
    await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    const answers = await Promise.all(Array.from({ length: 10 }, () => transition(id, 'SHIPPED')));
    expect(new Set(answers.map(({ order }) => `${order.status} ${order.version}`))).toEqual(
      new Set(['SHIPPED 7']),
    );
  });
});

describe('cancelling', () => {
  test('is for the owner, staff and the holder of the token; stock and payment are let go', async () => {
    stopTime();
    orders.stayPlaced();
    const own = await placed(account('ada'));
    const guests = await placed(guest);
    for (const stranger of [account('eve'), guest]) {
      expect(await cancel({ orderId: own.id }, stranger)).toMatchObject({
        order: null,
        errors: [{ __typename: 'InvalidRequestError', code: 'NOT_FOUND', path: ['orderId'] }],
      });
    }
    const { order } = await cancel({ orderId: own.id, reason: 'Too slow.' }, account('ada'));
    expect(order).toMatchObject({ status: 'CANCELLED', availableTransitions: [], cancellable: false });
    expect(order.timeline.find(({ type }) => type === 'CANCELLED')?.message).toBe('Too slow.');
    await orders.reaches(own.id, 'PAYMENT_VOIDED');
    expect(orders.shop.commandsFor(own.id).slice(-3)).toEqual([
      'order.cancelled',
      'payment.void-requested',
      'stock.release-requested',
    ]);

    const byToken = await cancel({ orderId: guests.id, accessToken: guests.accessToken }, guest);
    expect(byToken).toMatchObject({ order: { status: 'CANCELLED', accessToken: null }, errors: [] });
    await orders.reaches(guests.id, 'PAYMENT_VOIDED');
    expect((await cancel({ orderId: guests.id, accessToken: guests.accessToken }, guest)).order.version).toBe(
      6,
    );
    orders.shop.release();
  });

  test('asks shipping first once a parcel is prepared: it is stopped, and the money comes back', async () => {
    const { id } = await placed(account('ada'));
    await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    expect((await cancel({ orderId: id }, account('ada'))).order.status).toBe('CANCELLED');
    const { timeline } = await orders.reaches(id, 'REFUNDED');
    expect(timeline.map(({ type }) => type).slice(6)).toEqual(['CANCEL_REQUESTED', 'CANCELLED', 'REFUNDED']);
    expect(orders.shop.parcels.get(id)).toBe('CANCELLED');
  });

  test('comes too late for a parcel that had left, and the order goes on', async () => {
    const { id } = await placed(account('ada'));
    await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    orders.shop.parcels.set(id, 'SHIPPED');
    expect(await cancel({ orderId: id }, account('ada'))).toMatchObject({
      order: null,
      errors: [{ code: 'INVALID_TRANSITION', status: 'PAID', availableTransitions: ['SHIPPED'] }],
    });
    orders.shop.tell('shipping', 'shipment.shipped', { orderId: id });
    expect((await orders.reaches(id, 'SHIPPED')).timeline.map(({ type }) => type)).toContain(
      'CANCEL_REFUSED',
    );
  });

  test('is not answered with the order as it was, by a late word of an earlier change', async () => {
    const { id } = await placed(account('ada'));
    const { version } = await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    const connect = { connectionString: orders.database.url };
    const [other, notifier] = [new pg.Client(connect), new pg.Client(connect)];
    await Promise.all([other.connect(), notifier.connect()]);
    try {
      await other.query('BEGIN');
      await other.query('SELECT FROM orders WHERE id = $1 FOR UPDATE', [id]);
      const cancelling = cancel({ orderId: id }, account('ada'));
      await eventually(
        () => other.query('SELECT FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))'),
        ({ rowCount }) => rowCount !== 0,
      );
      // A version that was not told yet, and comes before the one that cancelling makes.
      const word = JSON.stringify([[id, version + 0.5, 'PAID']]);
      await notifier.query(`SELECT pg_notify('order_changed', $1)`, [word]);
      await sleep(200);
      await other.query('COMMIT');
      expect(await cancelling).toMatchObject({ order: { status: 'CANCELLED' }, errors: [] });
    } finally {
      await Promise.all([other.end(), notifier.end()]);
    }
  });

  test('answers with the order as it is while shipping does not answer; the outcome follows', async () => {
    const hasty = await startOrders({ placementWaitMs: 200 });
    onTestFinished(() => hasty.stop());
    const ada = account('ada');
    const { id } = (await hasty.place(await hasty.fill(ada, { lamp: 1 }))).order;
    await hasty.reaches(id, 'SHIPMENT_SCHEDULED');
    hasty.shop.silent.add('shipping');
    const waiting = await hasty.run(CANCEL, { input: { orderId: id } }, ada);
    expect(waiting.data.cancelOrder).toMatchObject({
      order: { status: 'PAID', cancellable: false, availableTransitions: [] },
      errors: [],
    });
    hasty.shop.release();
    expect((await hasty.reaches(id, 'CANCELLED')).status).toBe('CANCELLED');
  });

  test('is too late once the parcel has left', async () => {
    const { id } = await placed(account('ada'));
    await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    await transition(id, 'SHIPPED');
    expect((await cancel({ orderId: id }, account('ada'))).errors[0]).toMatchObject({
      code: 'INVALID_TRANSITION',
      status: 'SHIPPED',
      availableTransitions: ['COMPLETE'],
    });
  });

  test('while the order is being placed ends the placing, and what comes late is let go', async () => {
    orders.shop.silent.add('inventory');
    orders.shop.stock.set('chair', 4);
    const owner = account('hasty');
    const buyer = await orders.fill(owner, { chair: 1 });
    const placing = orders.place(buyer);
    const { nodes } = await eventually(
      async () => (await orders.run('{ orders { nodes { id } } }', {}, owner)).data.orders,
      (page) => page.nodes.length > 0,
    );
    const { id } = only(nodes);
    expect((await cancel({ orderId: id }, owner)).order.status).toBe('CANCELLED');
    expect(await placing).toMatchObject({
      order: null,
      errors: [{ __typename: 'InvalidRequestError', code: 'ORDER_CANCELLED' }],
    });
    orders.shop.release();
    await eventually(
      () => orders.shop.stock.get('chair'),
      (available) => available === 4,
    );
    expect((await orders.run(READ, { id }, owner)).data.order).toMatchObject({
      status: 'CANCELLED',
      version: 2,
    });
  });
});

describe('returning', () => {
  const giveBack = async (input: Record<string, unknown>, caller: Caller) =>
    (await orders.run(RETURN, { input }, caller)).data.returnOrder;

  test('a delivered order has it fetched, refunded and restocked, and the order stays COMPLETE', async () => {
    stopTime();
    orders.shop.stock.set('chair', 5);
    const order = await placed(guest, { chair: 2 });
    const { id, accessToken } = order;
    expect(await giveBack({ orderId: id, accessToken }, guest)).toMatchObject({
      order: null,
      errors: [{ code: 'INVALID_TRANSITION' }],
    });
    await orders.reaches(id, 'SHIPMENT_SCHEDULED');
    orders.shop.tell('shipping', 'shipment.delivered', { orderId: id });
    expect(await orders.reaches(id, 'COMPLETE')).toMatchObject({ returnable: true, return: null });
    expect((await giveBack({ orderId: id }, account('eve'))).errors[0]?.code).toBe('NOT_FOUND');
    const asked = await giveBack({ orderId: id, accessToken, reason: 'Too small.' }, guest);
    expect(asked.order).toMatchObject({
      status: 'COMPLETE',
      returnable: false,
      return: { message: 'Too small.' },
    });
    expect((await giveBack({ orderId: id, accessToken }, guest)).errors).toEqual([]);
    expect((await orders.reaches(id, 'RETURN_SCHEDULED')).return?.status).toBe('SCHEDULED');
    orders.shop.tell('shipping', 'shipment.returned', { orderId: id });
    expect(await orders.reaches(id, 'REFUNDED')).toMatchObject({
      status: 'COMPLETE',
      return: { status: 'REFUNDED' },
    });
    await eventually(
      () => orders.shop.stock.get('chair'),
      (available) => available === 5,
    );
    expect(orders.shop.commandsFor(id).filter((type) => type === 'shipment.return-requested')).toHaveLength(
      1,
    );
    orders.shop.stock.delete('chair');
  });
});
