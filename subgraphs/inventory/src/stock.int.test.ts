import { ANONYMOUS, type Viewer } from '@souk/kit/auth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STAFF, type Warehouse, openWarehouse, waitFor } from './__fixtures__/warehouse.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
});
afterAll(() => warehouse.close());

const ADJUST = `mutation ($input: AdjustStockInput!) {
  adjustStock(input: $input) {
    stock { onHand available reserved }
    variant { id stock { onHand } }
    errors { __typename code message path ... on InsufficientStockError { variantId available } }
  }
}`;
const adjust = (variantId: string, delta: number, idempotencyKey: string, viewer: Viewer = STAFF) =>
  warehouse.run(ADJUST, { input: { variantId, delta, idempotencyKey } }, viewer);
const codeOf = ({ errors }: { errors?: readonly { extensions: Record<string, unknown> }[] }) =>
  errors?.[0]?.extensions['code'];

describe('stock of a variant', () => {
  test('is known to everybody, in the order asked, and zero for a variant nobody has heard of', async () => {
    await warehouse.stock({ chair: 7, table: 3 });
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ProductVariant { id stock { onHand available reserved } } } }`;
    const r = ['table', 'nobody', 'chair', 'table'].map((id) => ({ __typename: 'ProductVariant', id }));
    const all = (units: number) => ({ onHand: units, available: units, reserved: 0 });
    expect(await warehouse.run(query, { r })).toEqual({
      data: {
        _entities: [
          { id: 'table', stock: all(3) },
          { id: 'nobody', stock: all(0) },
          { id: 'chair', stock: all(7) },
          { id: 'table', stock: all(3) },
        ],
      },
    });
  });
});

describe('adjustStock', () => {
  test('adds and takes away, tells everybody, and answers a repeated key with the first outcome', async () => {
    await warehouse.stock({ mug: 10 });
    const first = await adjust('mug', -4, 'mug-1');
    expect(first).toEqual({
      data: {
        adjustStock: {
          stock: { onHand: 6, available: 6, reserved: 0 },
          variant: { id: 'mug', stock: { onHand: 6 } },
          errors: [],
        },
      },
    });
    await adjust('mug', 20, 'mug-2');
    expect((await adjust('mug', -4, 'mug-1')).data).toMatchObject({
      adjustStock: { stock: { onHand: 6 }, variant: { stock: { onHand: 26 } }, errors: [] },
    });
    const changes = await warehouse.answersTo('mug', 2);
    const adjusted = (quantity: number) => [{ kind: 'adjusted', quantity }];
    expect(changes.map(({ type, payload }) => [type, payload])).toEqual([
      ['stock.changed', { variantId: 'mug', onHand: 6, available: 6, reserved: 0, movements: adjusted(-4) }],
      [
        'stock.changed',
        { variantId: 'mug', onHand: 26, available: 26, reserved: 0, movements: adjusted(20) },
      ],
    ]);
  });

  test('two in one operation each see their own result', async () => {
    await warehouse.stock({ bowl: 1 });
    const { data } = await warehouse.run(
      `mutation {
        one: adjustStock(input: { variantId: "bowl", delta: 1, idempotencyKey: "bowl-1" }) { variant { stock { onHand } } }
        two: adjustStock(input: { variantId: "bowl", delta: 1, idempotencyKey: "bowl-2" }) { variant { stock { onHand } } }
      }`,
      {},
      STAFF,
    );
    expect(data).toEqual({
      one: { variant: { stock: { onHand: 2 } } },
      two: { variant: { stock: { onHand: 3 } } },
    });
  });

  test('never takes what is promised to an order', async () => {
    await warehouse.stock({ vase: 5 });
    warehouse.orders.reserve('vase-order', ['vase', 3]);
    await warehouse.answersTo('vase-order');
    expect((await adjust('vase', -3, 'vase-1')).data).toMatchObject({
      adjustStock: {
        stock: null,
        variant: null,
        errors: [
          {
            __typename: 'InsufficientStockError',
            code: 'INSUFFICIENT_STOCK',
            path: ['delta'],
            variantId: 'vase',
            available: 2,
          },
        ],
      },
    });
    expect(await warehouse.unitsOf('vase')).toEqual([5, 2, 3]);
  });

  test('a key with other input, or of another person, is a conflict, whatever else is wrong', async () => {
    await warehouse.stock({ pan: 5, pot: 5 });
    await adjust('pan', 1, 'pan-1');
    const conflict = {
      adjustStock: {
        stock: null,
        errors: [
          {
            __typename: 'StockIdempotencyConflictError',
            code: 'IDEMPOTENCY_CONFLICT',
            path: ['idempotencyKey'],
          },
        ],
      },
    };
    const other: Viewer = { kind: 'user', userId: 'olga', roles: ['ADMIN'] };
    expect((await adjust('pan', 2, 'pan-1')).data).toMatchObject(conflict);
    expect((await adjust('pot', 1, 'pan-1')).data).toMatchObject(conflict);
    expect((await adjust('pan', 0, 'pan-1')).data).toMatchObject(conflict);
    expect((await adjust('pan', 1, 'pan-1', other)).data).toMatchObject(conflict);
    expect([await warehouse.unitsOf('pan'), await warehouse.unitsOf('pot')]).toEqual([
      [6, 6, 0],
      [5, 5, 0],
    ]);
  });

  test.each([
    ['pen', 0, 'k1', 'INVALID_INPUT', 'delta'],
    ['pen', 2_000_000, 'k2', 'INVALID_INPUT', 'delta'],
    ['pen', 1, '', 'INVALID_INPUT', 'idempotencyKey'],
    ['pen', 1, 'x'.repeat(201), 'INVALID_INPUT', 'idempotencyKey'],
    ['no-such-variant', 1, 'k3', 'NOT_FOUND', 'variantId'],
  ])('%s by %d with a key such as %j is %s', async (variantId, delta, key, code, field) => {
    await warehouse.stock({ pen: 5 });
    expect((await adjust(variantId, delta, key)).data).toMatchObject({
      adjustStock: {
        stock: null,
        variant: null,
        errors: [{ __typename: 'InvalidStockInputError', code, path: [field] }],
      },
    });
    expect(await warehouse.unitsOf('pen')).toEqual([5, 5, 0]);
    expect(await warehouse.unitsOf('no-such-variant')).toEqual([]);
  });

  test('can stock a variant as soon as products have made it, and what is there stays', async () => {
    await warehouse.stock({ 'old-size': 4 });
    warehouse.products.send('product.created', 'hat', {
      productId: 'hat',
      variantIds: ['old-size', 'new-size'],
    });
    warehouse.products.send('product.updated', 'hat', { productId: 'hat', variantIds: ['new-size'] });
    await waitFor(async () => (await warehouse.unitsOf('new-size'))[0], 'the new item');
    expect((await adjust('new-size', 30, 'hat-1')).data).toMatchObject({
      adjustStock: { stock: { onHand: 30, available: 30, reserved: 0 }, errors: [] },
    });
    expect(await warehouse.unitsOf('old-size')).toEqual([4, 4, 0]);
  });

  test('is for staff', async () => {
    await warehouse.stock({ safe: 5 });
    expect(codeOf(await adjust('safe', 1, 's1', ANONYMOUS))).toBe('UNAUTHENTICATED');
    expect(codeOf(await adjust('safe', 1, 's1', { kind: 'user', userId: 'ada', roles: ['CUSTOMER'] }))).toBe(
      'FORBIDDEN',
    );
    expect(codeOf(await adjust('safe', 1, 's1', { kind: 'service', service: 'orders' }))).toBe(
      'UNAUTHENTICATED',
    );
    expect(await warehouse.unitsOf('safe')).toEqual([5, 5, 0]);
  });
});

describe('stockItems', () => {
  const LIST = `query ($first: Int, $after: String, $maxAvailable: Int) {
    stockItems(first: $first, after: $after, maxAvailable: $maxAvailable) {
      totalCount
      nodes { variant { id stock { onHand } } stock { onHand available reserved } updatedAt }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  interface Page {
    readonly totalCount: number;
    readonly nodes: readonly {
      variant: { id: string; stock: object };
      stock: { available: number };
      updatedAt: string;
    }[];
    readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
  }
  const list = async (variables: Record<string, unknown>) => {
    const { data, errors } = await warehouse.run(LIST, variables, STAFF);
    expect(errors).toBeUndefined();
    return data?.['stockItems'] as Page;
  };

  test('lists what is scarce first, page by page, each variant once', async () => {
    await warehouse.stock(
      Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`row-${n}`, 1000 + (n % 4)])),
    );
    const seen: { id: string; available: number }[] = [];
    let after: string | null = null;
    do {
      const page: Page = await list({ first: 7, after });
      seen.push(...page.nodes.map(({ variant, stock }) => ({ id: variant.id, available: stock.available })));
      expect(page.totalCount).toBeGreaterThanOrEqual(25);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.filter(({ id }) => id.startsWith('row-'))).toHaveLength(25);
    expect(seen.map(({ available }) => available)).toEqual(
      seen.map(({ available }) => available).sort((a, b) => a - b),
    );
  });

  test('can be limited to what is nearly gone', async () => {
    await warehouse.stock({ 'scarce-1': 0, 'scarce-2': 0 });
    const page = await list({ maxAvailable: 0 });
    expect(page.nodes.map(({ variant }) => variant.id)).toEqual(
      expect.arrayContaining(['scarce-1', 'scarce-2']),
    );
    expect(page.nodes.every(({ stock }) => stock.available === 0)).toBe(true);
    expect(page.totalCount).toBe(page.nodes.length);
    expect(page.nodes[0]?.updatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('is for staff, and refuses pages that make no sense', async () => {
    expect(codeOf(await warehouse.run(LIST))).toBe('UNAUTHENTICATED');
    expect(codeOf(await warehouse.run(LIST, { first: 101 }, STAFF))).toBe('BAD_USER_INPUT');
    expect(codeOf(await warehouse.run(LIST, { after: 'WyJ4Il0' }, STAFF))).toBe('BAD_USER_INPUT');
  });
});

describe('reservations of a stock item', () => {
  const HOLDERS = `query ($first: Int) {
    stockItems(first: 100, maxAvailable: 100) {
      nodes { variant { id } stock { reserved } reservations(first: $first) { order { id } quantity state since expiresAt } }
    }
  }`;
  interface Row {
    readonly variant: { id: string };
    readonly stock: { reserved: number };
    readonly reservations: readonly {
      order: { id: string };
      quantity: number;
      state: string;
      since: string;
      expiresAt: string;
    }[];
  }
  const rowOf = async (variantId: string, first?: number): Promise<Row | undefined> => {
    const { data, errors } = await warehouse.run(HOLDERS, { first }, STAFF);
    expect(errors).toBeUndefined();
    return (data?.['stockItems'] as { nodes: Row[] }).nodes.find(({ variant }) => variant.id === variantId);
  };

  test('name each order with its units, those that have held longest first, and add up to what is reserved', async () => {
    await warehouse.stock({ kite: 9, string: 50 });
    const { orders } = warehouse;
    const began = Date.now();
    for (const [orderId, units] of [
      ['kite-1', 2],
      ['kite-2', 3],
      ['kite-3', 1],
      ['kite-4', 1],
    ] as const) {
      orders.reserve(orderId, ['kite', units], ['string', 1]);
      await warehouse.answersTo(orderId);
    }
    const ended = Date.now();
    orders.release('kite-3');
    orders.commit('kite-4');
    await Promise.all(['kite-3', 'kite-4'].map((orderId) => warehouse.answersTo(orderId, 2)));
    const row = await rowOf('kite');
    expect(row?.stock.reserved).toBe(5);
    expect(row?.reservations.map(({ order, quantity, state }) => [order.id, quantity, state])).toEqual([
      ['kite-1', 2, 'RESERVED'],
      ['kite-2', 3, 'RESERVED'],
    ]);
    // The two are read off the clock at different moments: only the test's own instants bound them.
    for (const { since, expiresAt } of row?.reservations ?? []) {
      const heldAt = [Date.parse(since), Date.parse(expiresAt) - 60_000];
      expect(Math.min(...heldAt)).toBeGreaterThanOrEqual(began);
      expect(Math.max(...heldAt)).toBeLessThanOrEqual(ended);
    }
    expect((await rowOf('kite', 1))?.reservations).toHaveLength(1);
    expect((await rowOf('string'))?.reservations.map(({ quantity }) => quantity)).toEqual([1, 1]);
  });
});
