import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  ADD,
  CART,
  type Caller,
  type OrdersUnderTest,
  account,
  eventually,
  guest,
  startOrders,
} from './__fixtures__/orders-under-test.js';
import { codeOf, firstError, only } from './__fixtures__/answers.js';

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
  orders.stayPlaced();
});
afterAll(() => orders.stop());
beforeEach(() => {
  orders.shop.productsAreAway = false;
  orders.time.offsetMs = 0;
});

const UPDATE = `mutation ($input: UpdateCartLineInput!) { updateCartLine(input: $input) { cart { itemCount lines { quantity } } errors { code path } } }`;
const REMOVE = `mutation ($input: RemoveCartLineInput!) { removeCartLine(input: $input) { cart { itemCount } errors { code path } } }`;
const MERGE = `mutation ($input: MergeCartInput!) { mergeCart(input: $input) { cart { token itemCount } errors { code } } }`;

const add = async (caller: Caller, variantId: string, quantity?: number) =>
  (await orders.run(ADD, { input: { variantId, ...(quantity === undefined ? {} : { quantity }) } }, caller))
    .data.addToCart;
const read = async (caller: Caller) => (await orders.run(CART, {}, caller)).data.cart;
const contents = async (caller: Caller): Promise<Record<string, number>> =>
  Object.fromEntries((await read(caller)).lines.map(({ variant, quantity }) => [variant.id, quantity]));

describe('a guest', () => {
  test('has no cart, gets one with a token by adding, and finds it again by that token only', async () => {
    expect(await read(guest)).toBeNull();
    const { cart, errors } = await add(guest, 'lamp');
    expect(errors).toEqual([]);
    expect(cart).toMatchObject({
      token: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      itemCount: 1,
      subtotal: { amountMinor: 1999, currency: 'EUR' },
    });
    const owner = { ...guest, cartToken: cart.token };
    expect(await read(owner)).toMatchObject({ id: cart.id, token: cart.token, itemCount: 1 });
    expect((await add(owner, 'chair', 2)).cart).toMatchObject({ id: cart.id, itemCount: 3 });
    expect(await read({ ...guest, cartToken: 'made up' })).toBeNull();
  });

  test('cannot choose the token: one that names no cart is not adopted', async () => {
    const { cart } = await add({ ...guest, cartToken: 'made up' }, 'lamp');
    expect(cart.token).not.toBe('made up');
    expect(await read({ ...guest, cartToken: 'made up' })).toBeNull();
  });

  test('the token is stored as a hash only', async () => {
    const { cart } = await add(guest, 'lamp');
    const client = new pg.Client({ connectionString: orders.database.url });
    await client.connect();
    const { rows } = await client.query<{ text: string }>('SELECT carts::text AS text FROM carts');
    await client.end();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some(({ text }) => text.includes(cart.token))).toBe(false);
  });
});

describe('lines', () => {
  test('of one variant add up, to at most 99', async () => {
    const caller = account('adder');
    await add(caller, 'lamp', 60);
    await add(caller, 'lamp', 60);
    expect(await contents(caller)).toEqual({ lamp: 99 });
  });

  test('added at once all count', async () => {
    const caller = account('racer');
    await Promise.all(Array.from({ length: 20 }, (_, index) => add(caller, index % 2 ? 'lamp' : 'chair')));
    expect(await contents(caller)).toEqual({ lamp: 10, chair: 10 });
  });

  test('can be changed and removed, by their owner only', async () => {
    const caller = account('changer');
    const { cart } = await add(caller, 'lamp', 2);
    const lineId = only(cart.lines).id;
    const update = async (quantity: number, by = caller) =>
      (await orders.run(UPDATE, { input: { lineId, quantity } }, by)).data.updateCartLine;
    expect(await update(5)).toEqual({ cart: { itemCount: 5, lines: [{ quantity: 5 }] }, errors: [] });
    expect(await update(100)).toEqual({
      cart: null,
      errors: [{ code: 'INVALID_INPUT', path: ['quantity'] }],
    });
    await add(account('eve'), 'lamp');
    for (const eve of [account('eve'), guest]) {
      expect(await update(1, eve)).toEqual({ cart: null, errors: [{ code: 'NOT_FOUND', path: ['lineId'] }] });
    }
    const removed = await orders.run(REMOVE, { input: { lineId } }, caller);
    expect(removed.data.removeCartLine).toEqual({ cart: { itemCount: 0 }, errors: [] });
    expect(await update(0)).toEqual({ cart: null, errors: [{ code: 'NOT_FOUND', path: ['lineId'] }] });
  });

  test.each([
    ['nothing sold', 'ghost', 1, 'NOT_FOUND', ['variantId']],
    ['no units', 'lamp', 0, 'INVALID_INPUT', ['quantity']],
    ['too many units', 'lamp', 100, 'INVALID_INPUT', ['quantity']],
    ['another currency', 'import', 1, 'INVALID_INPUT', ['variantId']],
  ])('refuse %s', async (_what, variantId, quantity, code, path) => {
    const caller = account('refused');
    await add(caller, 'chair');
    expect(await add(caller, variantId, quantity)).toEqual({
      cart: null,
      errors: [expect.objectContaining({ __typename: 'InvalidRequestError', code, path })],
    });
  });
});

describe('two changes at once wait for each other instead of deadlocking:', () => {
  /** Somebody else holds the cart and one of its lines, and changes all lines when `act` waits. */
  async function meanwhile<Result>(
    cartId: string,
    variantId: string,
    act: () => Promise<Result>,
  ): Promise<Result> {
    const other = new pg.Client({ connectionString: orders.database.url });
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query('SELECT FROM carts WHERE id = $1 FOR UPDATE', [cartId]);
      await other.query('SELECT FROM cart_lines WHERE cart_id = $1 AND variant_id = $2 FOR UPDATE', [
        ...[cartId, variantId],
      ]);
      const acting = act();
      await eventually(
        () => other.query('SELECT FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))'),
        ({ rowCount }) => rowCount !== 0,
      );
      await other.query('UPDATE cart_lines SET quantity = 7 WHERE cart_id = $1', [cartId]);
      await other.query('COMMIT');
      return await acting;
    } finally {
      await other.end();
    }
  }

  test.each([
    [5, { lamp: 5, chair: 7 }],
    [0, { chair: 7 }],
  ])('a line is set to %i', async (quantity, left) => {
    const caller = account(`sets ${quantity}`);
    await add(caller, 'lamp');
    const { cart } = await add(caller, 'chair');
    const lineId = cart.lines.find(({ variant }) => variant.id === 'lamp')?.id;
    const answer = await meanwhile(cart.id, 'chair', () =>
      orders.run(UPDATE, { input: { lineId, quantity } }, caller),
    );
    expect(answer).toMatchObject({ data: { updateCartLine: { errors: [] } } });
    expect(await contents(caller)).toEqual(left);
  });

  // Lines are given new quotes in any order: for one of the two the other one comes first.
  test.each(['lamp', 'chair'])('lines get new quotes while the %s is held', async (held) => {
    const caller = account(`reads while ${held} is held`);
    await add(caller, 'lamp');
    const { cart } = await add(caller, 'chair');
    orders.time.offsetMs = 11 * 60_000;
    expect(await meanwhile(cart.id, held, () => read(caller))).toMatchObject({ itemCount: 2 });
    const asked = orders.shop.quotesAsked;
    expect(await contents(caller)).toEqual({ lamp: 7, chair: 7 });
    expect(orders.shop.quotesAsked).toBe(asked);
  });
});

describe('signing in', () => {
  test('takes the guest cart over by itself, once, capped at 99', async () => {
    const { cart } = await add(guest, 'lamp', 60);
    const visitor = { ...guest, cartToken: cart.token };
    await add(visitor, 'chair', 1);
    const ada = account('ada');
    await add(ada, 'lamp', 50);
    const adaHere = { ...ada, cartToken: cart.token };
    expect(await read(adaHere)).toMatchObject({ token: null, itemCount: 100 });
    expect(await contents(adaHere)).toEqual({ lamp: 99, chair: 1 });
    expect(await contents(ada)).toEqual({ lamp: 99, chair: 1 });
    expect(await read(visitor)).toBeNull();
  });

  test('also by placeOrder, by several requests at once, and by mergeCart', async () => {
    const bob = account('bob');
    const first = (await add(guest, 'lamp', 1)).cart.token;
    await Promise.all(Array.from({ length: 8 }, () => read({ ...bob, cartToken: first })));
    expect(await contents(bob)).toEqual({ lamp: 1 });

    const second = (await add(guest, 'lamp', 2)).cart.token;
    const merge = async () => (await orders.run(MERGE, { input: { cartToken: second } }, bob)).data.mergeCart;
    expect(await merge()).toEqual({ cart: { token: null, itemCount: 3 }, errors: [] });
    expect(await merge()).toEqual({ cart: { token: null, itemCount: 3 }, errors: [] });

    const third = (await add(guest, 'chair', 1)).cart.token;
    const { order } = await orders.place({ ...bob, cartToken: third });
    expect(order).toMatchObject({ customer: { id: 'bob' }, subtotal: { amountMinor: 3 * 1999 + 12_050 } });
  });

  test('mergeCart is for accounts', async () => {
    expect(codeOf(await orders.run(MERGE, { input: {} }, guest))).toBe('UNAUTHENTICATED');
  });
});

describe('prices', () => {
  test('hold for ten minutes and are asked for again then', async () => {
    const caller = account('bargain hunter');
    await add(caller, 'lamp', 2);
    orders.shop.prices.set('lamp', { amountMinor: 2500, currency: 'EUR' });
    orders.time.offsetMs = 9 * 60_000;
    expect((await read(caller)).subtotal.amountMinor).toBe(3998);
    orders.time.offsetMs = 10 * 60_000 + 1_000;
    expect((await read(caller)).subtotal.amountMinor).toBe(5000);
    const asked = orders.shop.quotesAsked;
    expect((await orders.place(caller)).order.subtotal.amountMinor).toBe(5000);
    expect(orders.shop.quotesAsked).toBe(asked);
    orders.shop.prices.set('lamp', { amountMinor: 1999, currency: 'EUR' });
  });

  test('stay as they were while products is away; a new line cannot be added then', async () => {
    const caller = account('unlucky');
    await add(caller, 'lamp');
    orders.shop.productsAreAway = true;
    orders.time.offsetMs = 11 * 60_000;
    expect((await read(caller)).subtotal.amountMinor).toBe(1999);
    const answer = await orders.run(ADD, { input: { variantId: 'chair' } }, caller);
    expect(firstError(answer).extensions).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect((await orders.place(caller)).order.status).toBe('PLACED');
  });

  test('of an item that is not sold any more keep it visible, but not buyable', async () => {
    const caller = account('late');
    orders.shop.prices.set('relic', { amountMinor: 100, currency: 'EUR' });
    await add(caller, 'relic');
    orders.shop.prices.delete('relic');
    orders.time.offsetMs = 11 * 60_000;
    expect((await read(caller)).itemCount).toBe(1);
    expect(await orders.place(caller)).toMatchObject({
      order: null,
      errors: [{ __typename: 'InvalidRequestError', code: 'NOT_FOUND' }],
    });
  });
});
