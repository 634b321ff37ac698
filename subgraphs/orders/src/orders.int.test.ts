import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CANCEL,
  type Caller,
  type OrdersUnderTest,
  READ,
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
  orders = await startOrders({ placementWaitMs: 1_000 });
});
afterAll(() => orders.stop());

const placed = async (caller: Caller, lines: Record<string, number> = { lamp: 1 }): Promise<OrderAnswer> =>
  (await orders.place(await orders.fill(caller, lines))).order;
const cancel = async (input: Record<string, unknown>, caller: Caller) =>
  (await orders.run(CANCEL, { input }, caller)).data.cancelOrder;
const transition = async (orderId: string, to: string, caller = staff) =>
  (await orders.run(TRANSITION, { input: { orderId, to } }, caller)).data.transitionOrder;
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
    const newest = only((await orders.run(ALL, {}, staff)).data.allOrders.nodes);
    expect(newest.id).toBe(ids[0]);
    const found = async (variables: Record<string, unknown>) =>
      (await orders.run(ALL, variables, staff)).data.allOrders;
    expect((await found({ query: newest.number.toLowerCase() })).nodes).toEqual([newest]);
    expect((await found({ query: 'LOVELACE' })).totalCount).toBeGreaterThanOrEqual(5);
    expect(await found({ query: '100%' })).toEqual({ nodes: [], totalCount: 0 });
    expect((await found({ statuses: ['SHIPPED'] })).totalCount).toBe(0);
  });
});

describe('staff', () => {
  test('moves an order on, step by step, and inventory and payments are told', async () => {
    const { id } = await placed(account('ada'));
    for (const to of ['PAID', 'SHIPPED', 'COMPLETE']) {
      const { order, errors } = await transition(id, to);
      expect({ status: order.status, errors }).toEqual({ status: to, errors: [] });
    }
    const again = await transition(id, 'COMPLETE');
    expect(again).toMatchObject({
      order: { status: 'COMPLETE', version: 7, cancellable: false },
      errors: [],
    });
    const commands = await eventually(
      () => orders.shop.commandsFor(id),
      (types) => types.includes('order.completed'),
    );
    expect(commands.slice(3)).toEqual([
      'payment.capture-requested',
      'order.paid',
      'stock.commit-requested',
      'order.shipped',
      'order.completed',
    ]);
  });

  test('cannot skip a step, and nobody else can take one', async () => {
    const { id } = await placed(account('ada'));
    expect(await transition(id, 'COMPLETE')).toEqual({
      order: null,
      errors: [
        {
          __typename: 'InvalidTransitionError',
          code: 'INVALID_TRANSITION',
          message: 'The order is PLACED, which does not allow this. Possible now: PAID, CANCELLED.',
          path: [],
          status: 'PLACED',
          availableTransitions: ['PAID', 'CANCELLED'],
        },
      ],
    });
    expect((await transition('no-such-order', 'PAID')).errors[0]).toMatchObject({
      code: 'NOT_FOUND',
      path: ['orderId'],
    });
    const variables = { input: { orderId: id, to: 'PAID' } };
    expect(codeOf(await orders.run(TRANSITION, variables, account('ada')))).toBe('FORBIDDEN');
    expect(codeOf(await orders.run(TRANSITION, variables, guest))).toBe('UNAUTHENTICATED');
  });

  test('racing for the same step makes one version of it', async () => {
    const { id } = await placed(account('ada'));
    const answers = await Promise.all(Array.from({ length: 10 }, () => transition(id, 'PAID')));
    expect(new Set(answers.map(({ order }) => `${order.status} ${order.version}`))).toEqual(
      new Set(['PAID 5']),
    );
  });
});

describe('cancelling', () => {
  test('is for the owner, staff and the holder of the token; stock and payment are let go', async () => {
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
    expect(order.timeline.at(-1)).toEqual({ type: 'CANCELLED', message: 'Too slow.' });
    const commands = await eventually(
      () => orders.shop.commandsFor(own.id),
      (types) => types.includes('order.cancelled'),
    );
    expect(commands.slice(3)).toEqual([
      'stock.release-requested',
      'payment.void-requested',
      'order.cancelled',
    ]);

    const byToken = await cancel({ orderId: guests.id, accessToken: guests.accessToken }, guest);
    expect(byToken).toMatchObject({ order: { status: 'CANCELLED', accessToken: null }, errors: [] });
    expect((await cancel({ orderId: guests.id, accessToken: guests.accessToken }, guest)).order.version).toBe(
      5,
    );
  });

  test('is too late once the parcel has left', async () => {
    const { id } = await placed(account('ada'));
    await transition(id, 'PAID');
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
    const releases = () =>
      orders.shop.commandsFor(id).filter((type) => type === 'stock.release-requested').length;
    await eventually(releases, (count) => count === 2);
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
