import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  CART,
  type OrdersUnderTest,
  READ,
  account,
  checkout,
  eventually,
  guest,
  startOrders,
} from './__fixtures__/orders-under-test.js';
import { type OrderAnswer, only } from './__fixtures__/answers.js';

let orders: OrdersUnderTest;
beforeAll(async () => {
  orders = await startOrders();
  orders.stayPlaced();
});
afterAll(() => orders.stop());

/** However slow the machine is: nothing is asked for again in this test. */
const stopTime = (): void => {
  orders.time.standsAt = Date.now();
  onTestFinished(() => void (orders.time.standsAt = undefined));
};
const timelineOf = (order: Pick<OrderAnswer, 'timeline'>): string[] => order.timeline.map(({ type }) => type);

describe('placing an order', () => {
  test('reserves, authorises, answers with the placed order and empties the cart', async () => {
    const buyer = await orders.fill(guest, { lamp: 2, chair: 1 });
    const { order, errors } = await orders.place(buyer);
    expect(errors).toEqual([]);
    expect(order).toEqual({
      id: expect.any(String) as unknown,
      number: expect.stringMatching(/^S-1\d{4}$/) as unknown,
      status: 'PLACED',
      version: 4,
      email: 'ada@souk.test',
      accessToken: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      cancellable: true,
      availableTransitions: ['CANCELLED'],
      returnable: false,
      returnableUntil: null,
      return: null,
      subtotal: { amountMinor: 16_048 },
      shippingPrice: { amountMinor: 490 },
      total: { amountMinor: 16_538, currency: 'EUR' },
      customer: null,
      lines: [
        {
          quantity: 2,
          unitPrice: { amountMinor: 1999 },
          total: { amountMinor: 3998 },
          variant: { id: 'lamp' },
        },
        {
          quantity: 1,
          unitPrice: { amountMinor: 12_050 },
          total: { amountMinor: 12_050 },
          variant: { id: 'chair' },
        },
      ],
      shippingAddress: {
        name: 'Ada Lovelace',
        line1: '12 St James Square',
        line2: null,
        city: 'London',
        postalCode: 'SW1Y',
        country: 'GB',
      },
      timeline: [
        { type: 'RECEIVED', message: 'We received your order.' },
        { type: 'STOCK_RESERVED', message: 'Everything is in stock and set aside for you.' },
        { type: 'PAYMENT_AUTHORIZED', message: 'Your payment is authorised.' },
        { type: 'PLACED', message: 'Your order is confirmed.' },
      ],
      createdAt: expect.any(String) as unknown,
      updatedAt: expect.any(String) as unknown,
    });
    const { data } = await orders.run(CART, {}, buyer);
    expect(data.cart).toMatchObject({ itemCount: 0, lines: [], token: buyer.cartToken });
  });

  test('a refusal of stock is typed, final, and leaves the cart', async () => {
    orders.shop.stock.set('lamp', 1);
    const buyer = await orders.fill(guest, { lamp: 2 });
    const input = { idempotencyKey: randomUUID() };
    const first = await orders.place(buyer, input);
    expect(first).toEqual({
      order: null,
      errors: [
        {
          __typename: 'OutOfStockError',
          code: 'OUT_OF_STOCK',
          message: 'Only 1 of this item are left. Lower the quantity and order with a new key.',
          path: [],
          variantId: 'lamp',
          available: 1,
        },
      ],
    });
    orders.shop.stock.delete('lamp');
    expect(await orders.place(buyer, input)).toEqual(first);
    expect((await orders.run(CART, {}, buyer)).data.cart.itemCount).toBe(2);
    expect((await orders.place(buyer)).order.status).toBe('PLACED');
  });

  test('a declined payment is typed, final for its key, releases the stock and leaves the cart', async () => {
    orders.shop.stock.set('chair', 5);
    const buyer = await orders.fill(guest, { chair: 3 });
    const input = { idempotencyKey: randomUUID(), paymentToken: 'tok_decline' };
    const declined = {
      order: null,
      errors: [
        {
          __typename: 'PaymentDeclinedError',
          code: 'PAYMENT_DECLINED',
          message: 'The payment was refused: The card was declined. Try another way to pay, with a new key.',
          path: ['paymentToken'],
          reason: 'The card was declined.',
        },
      ],
    };
    expect(await orders.place(buyer, input)).toEqual(declined);
    expect(await orders.place(buyer, input)).toEqual(declined);
    await eventually(
      () => orders.shop.stock.get('chair'),
      (available) => available === 5,
    );
    expect(only((await orders.place(buyer, { ...input, paymentToken: 'tok_approve' })).errors).code).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
    expect((await orders.place(buyer, { paymentToken: 'tok_approve' })).order.status).toBe('PLACED');
    orders.shop.stock.delete('chair');
  });

  test('bad input and an empty cart write nothing and leave the key unused', async () => {
    const buyer = await orders.fill(account('empty'), { lamp: 1 });
    const idempotencyKey = randomUUID();
    const bad = await orders.place(buyer, { idempotencyKey, email: 'nobody', paymentToken: ' ' });
    expect(bad.errors.map(({ __typename, code, path }) => [__typename, code, path])).toEqual([
      ['InvalidRequestError', 'INVALID_INPUT', ['email']],
      ['InvalidRequestError', 'INVALID_INPUT', ['paymentToken']],
    ]);
    const nobody = await orders.place(account('without a cart'), { idempotencyKey });
    expect(only(nobody.errors)).toMatchObject({ __typename: 'CartEmptyError', code: 'CART_EMPTY' });
    expect((await orders.place(buyer, { idempotencyKey })).order.status).toBe('PLACED');
  });

  test('only what was ordered leaves the cart, not what was put in meanwhile', async () => {
    orders.shop.silent.add('payments');
    const buyer = await orders.fill(account('busy'), { lamp: 1 });
    const placing = orders.place(buyer);
    await eventually(
      () => orders.run('{ orders { nodes { timeline { type } } } }', {}, buyer),
      ({ data }) => data.orders.nodes.some((order) => timelineOf(order).includes('STOCK_RESERVED')),
    );
    await orders.fill(buyer, { lamp: 2, chair: 1 });
    orders.shop.speak();
    expect((await placing).order.status).toBe('PLACED');
    const { data } = await orders.run(CART, {}, buyer);
    expect(data.cart.lines.map(({ variant, quantity }) => [variant.id, quantity])).toEqual([
      ['lamp', 2],
      ['chair', 1],
    ]);
  });

  test('reports that come twice change nothing', async () => {
    stopTime();
    orders.shop.repeats = 3;
    const { order } = await orders.place(await orders.fill(guest, { lamp: 1 }));
    expect(order).toMatchObject({ status: 'PLACED', version: 4 });
    const commands = await eventually(
      () => orders.shop.commandsFor(order.id),
      (types) => types.includes('order.placed'),
    );
    expect(commands.slice(0, 3)).toEqual([
      'stock.reserve-requested',
      'payment.authorize-requested',
      'order.placed',
    ]);
    orders.shop.release();
    const paid = await orders.reaches(order.id, 'SHIPMENT_SCHEDULED');
    orders.shop.repeats = 1;
    orders.stayPlaced();
    expect(paid).toMatchObject({ status: 'PAID', version: 6 });
  });
});

describe('an idempotency key', () => {
  test('used fifty times at once makes one order, with one access token', async () => {
    stopTime();
    const buyer = await orders.fill(guest, { lamp: 1 });
    const input = checkout();
    const answers = await Promise.all(Array.from({ length: 50 }, () => orders.place(buyer, input)));
    expect(answers.map(({ errors }) => errors)).toEqual(Array.from({ length: 50 }, () => []));
    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1);
    expect(new Set(answers.map(({ order }) => order.accessToken)).size).toBe(1);
    expect(
      orders.shop.commandsFor(only(answers).order.id).filter((type) => type === 'stock.reserve-requested'),
    ).toHaveLength(1);
    const again = await orders.place(buyer, { ...input, email: ' ada@souk.test' });
    expect(again.order).toMatchObject({
      id: only(answers).order.id,
      accessToken: only(answers).order.accessToken,
    });
  });

  test('with other input, or from somebody else, is a conflict, checked before anything else', async () => {
    const buyer = await orders.fill(guest, { lamp: 1 });
    const input = checkout();
    await orders.place(buyer, input);
    const others = await Promise.all([
      orders.place(buyer, { ...input, email: 'not even an address' }),
      orders.place(account('eve'), input),
      orders.place(guest, input),
    ]);
    for (const { order, errors } of others) {
      expect(order).toBeNull();
      expect(errors).toEqual([
        expect.objectContaining({ __typename: 'IdempotencyConflictError', code: 'IDEMPOTENCY_CONFLICT' }),
      ]);
    }
  });

  test('of two racing inputs lets one through', async () => {
    const buyer = await orders.fill(guest, { lamp: 1 });
    const input = checkout();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        orders.place(buyer, { ...input, email: `ada${index % 2}@souk.test` }),
      ),
    );
    const placed = answers.filter(({ order }) => order);
    expect(new Set(placed.map(({ order }) => order.id)).size).toBe(1);
    expect(placed).toHaveLength(10);
    expect(answers.flatMap(({ errors }) => errors).every(({ code }) => code === 'IDEMPOTENCY_CONFLICT')).toBe(
      true,
    );
  });

  test('is not used up by a failure that passes', async () => {
    const buyer = await orders.fill(account('patient'), { lamp: 1 });
    const input = checkout();
    await orders.database.drop().catch(() => {});
    await expect(orders.place(buyer, input)).rejects.toThrow(/INTERNAL|UNAVAILABLE/);
    await orders.stop().catch(() => {});
    orders = await startOrders();
    orders.stayPlaced();
    expect((await orders.place(await orders.fill(account('patient'), { lamp: 1 }), input)).order.status).toBe(
      'PLACED',
    );
  });
});

describe('when the outcome takes longer than the wait', () => {
  let slow: OrdersUnderTest;
  beforeAll(async () => {
    slow = await startOrders({ placementWaitMs: 200 });
    slow.stayPlaced();
  });
  afterAll(() => slow.stop());

  test('the order comes back PENDING, and the same key then gives the final outcome', async () => {
    slow.shop.silent.add('inventory');
    const buyer = await slow.fill(guest, { lamp: 1 });
    const input = checkout();
    const first = await slow.placeOnce(buyer, input);
    expect(first).toMatchObject({ order: { status: 'PENDING', version: 1, cancellable: true }, errors: [] });
    slow.shop.speak();
    const { accessToken, id } = first.order;
    await eventually(
      () => slow.run(READ, { id, accessToken }),
      ({ data }) => data.order.status === 'PLACED',
    );
    expect((await slow.placeOnce(buyer, input)).order).toMatchObject({ id, status: 'PLACED', accessToken });
  });

  test('it waits three seconds, unless it is told otherwise', async () => {
    orders.shop.silent.add('inventory');
    const buyer = await orders.fill(account('unhurried'), { lamp: 1 });
    const askedAt = performance.now();
    const { order, errors } = await orders.placeOnce(buyer);
    const waitedMs = performance.now() - askedAt;
    orders.shop.speak();
    expect([order.status, errors]).toEqual(['PENDING', []]);
    expect(waitedMs).toBeGreaterThanOrEqual(2_900);
    // Far more than three seconds: a busy machine is late. A wait that knew no limit would last until the deadline.
    expect(waitedMs).toBeLessThan(20_000);
  });

  test('the order comes back, also if the time is up before it is written', async () => {
    const hasty = await startOrders({ placementWaitMs: 0 });
    hasty.stayPlaced();
    const buyer = await hasty.fill(guest, { lamp: 1 });
    const input = checkout();
    const first = await hasty.placeOnce(buyer, input);
    expect(first).toMatchObject({ order: { email: 'ada@souk.test' }, errors: [] });
    expect((await hasty.place(buyer, input)).order).toMatchObject({ id: first.order.id, status: 'PLACED' });
    await hasty.stop();
  });

  test('a restart in the middle loses nothing', async () => {
    slow.shop.silent.add('inventory').add('payments');
    const buyer = await slow.fill(account('patient'), { lamp: 1 });
    const input = checkout();
    const { order } = await slow.placeOnce(buyer, input);
    await slow.restart();
    slow.shop.silent.delete('inventory');
    slow.shop.tell('inventory', 'stock.reserved', { orderId: order.id });
    await eventually(
      () => slow.shop.commandsFor(order.id),
      (types) => types.includes('payment.authorize-requested'),
    );
    await slow.restart();
    slow.shop.speak();
    const placed = await eventually(
      () => slow.placeOnce(buyer, input),
      ({ order: now }) => now.status === 'PLACED',
    );
    expect(timelineOf(placed.order)).toEqual(['RECEIVED', 'STOCK_RESERVED', 'PAYMENT_AUTHORIZED', 'PLACED']);
  });

  test('an order that is never decided is given up at its deadline, also after a restart', async () => {
    slow.shop.silent.add('payments');
    slow.shop.stock.set('lamp', 7);
    const buyer = await slow.fill(account('forgotten'), { lamp: 2 });
    const input = checkout();
    const { order } = await slow.placeOnce(buyer, input);
    await eventually(
      () => slow.shop.commandsFor(order.id),
      (types) => types.includes('payment.authorize-requested'),
    );
    await slow.restart();
    slow.time.offsetMs = 121_000;
    const given = await eventually(
      () => slow.placeOnce(buyer, input),
      ({ errors }) => errors.length > 0,
    );
    expect(given).toMatchObject({
      order: null,
      errors: [{ __typename: 'InvalidRequestError', code: 'TIMED_OUT' }],
    });
    await eventually(
      () => slow.shop.commandsFor(order.id),
      (types) => types.includes('order.failed'),
    );
    expect(slow.shop.stock.get('lamp')).toBe(7);

    // The authorisation arrives after all, and is undone by the request that followed it.
    slow.shop.speak();
    await slow.reaches(order.id, 'PAYMENT_VOIDED');
    expect(slow.shop.payments.get(order.id)).toBe('VOIDED');
    expect(only((await slow.placeOnce(buyer, input)).errors).code).toBe('TIMED_OUT');
    slow.time.offsetMs = 0;
  });
});
