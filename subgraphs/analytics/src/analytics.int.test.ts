import type { DomainEvent } from '@souk/kit/events';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type AnalyticsUnderTest,
  NOW,
  STAFF,
  countRecords,
  startAnalytics,
} from './__fixtures__/analytics-under-test.js';
import { pastEvents } from './domain/past-events.js';

/** How long to wait for what happens in the background, in milliseconds: on a busy machine, too. */
const PATIENCE = { timeout: 60_000, interval: 50 };

const at = (day: number, hour = 10): string => `2026-11-${day}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const steps = (...list: [string, string][]) => list.map(([type, when]) => ({ type, at: when }));
const order = (id: string, more: object, timeline: { type: string; at: string }[]): DomainEvent[] =>
  pastEvents({
    id,
    customerId: 'usr_1',
    currency: 'EUR',
    totalMinor: 3_000,
    shippingMinor: 0,
    lines: [{ variantId: 'v1', quantity: 2, unitPriceMinor: 1_500 }],
    ...more,
    timeline,
  });
const placedOn = (day: number) =>
  steps(
    ['RECEIVED', at(day)],
    ['STOCK_RESERVED', at(day)],
    ['PAYMENT_AUTHORIZED', at(day)],
    ['PLACED', at(day)],
  );

const COMPLETE = order('o1', {}, [
  ...placedOn(26),
  ...steps(['PAID', at(26, 11)], ['SHIPPED', at(27, 9)], ['COMPLETE', at(27, 18)]),
]);
const CANCELLED = order(
  'o2',
  { totalMinor: 1_001, lines: [{ variantId: 'v2', quantity: 1, unitPriceMinor: 1_001 }] },
  [...placedOn(27), ...steps(['CANCELLED', at(27, 12)])],
);
const OPEN = order(
  'o3',
  { customerId: null, totalMinor: 2_000, lines: [{ variantId: 'v2', quantity: 4, unitPriceMinor: 500 }] },
  placedOn(27),
);
const POUNDS = order('o4', { currency: 'GBP', totalMinor: 500 }, placedOn(27));
const REFUSED = order('o5', {}, steps(['RECEIVED', at(28, 9)]));
const stockChanged = (
  variantId: string,
  version: number,
  when: string,
  [available, reserved]: readonly [number, number],
  ...movements: readonly object[]
): DomainEvent => ({
  id: `${variantId}_${version}`,
  type: 'stock.changed',
  source: 'inventory',
  aggregateId: variantId,
  version,
  occurredAt: when,
  correlationId: 'o1',
  payload: { variantId, onHand: available + reserved, available, reserved, movements },
});
const STOCK = [
  stockChanged('v1', 2, at(26), [18, 2], { kind: 'held', orderId: 'o1', quantity: 2 }),
  stockChanged('v1', 3, at(27, 9), [18, 0], { kind: 'committed', orderId: 'o1', quantity: 2 }),
  // One clock was behind: what it wrote later says that it was earlier.
  stockChanged('v1', 4, at(27, 8), [17, 1], { kind: 'held', orderId: 'o2', quantity: 1 }),
  stockChanged(
    'v2',
    5,
    at(27, 9),
    [3, 4],
    { kind: 'adjusted', quantity: -5 },
    { kind: 'held', orderId: 'o3', quantity: 4 },
  ),
  stockChanged('v2', 6, at(27, 8), [4, 3], { kind: 'released', orderId: 'o3', quantity: 1 }),
  stockChanged('v3', 2, at(27, 9), [4, 3], { kind: 'teleported', quantity: 1 }),
];
const ALL = [...COMPLETE, ...CANCELLED, ...OPEN, ...POUNDS, ...REFUSED, ...STOCK];

let analytics: AnalyticsUnderTest;
beforeAll(async () => {
  analytics = await startAnalytics();
  // The latest first, and some of it twice.
  analytics.tell(...[...ALL].reverse(), ...OPEN);
  await vi.waitFor(async () => expect(await countRecords(analytics)).toBe(ALL.length), PATIENCE);
});
afterAll(() => analytics.stop());

describe('reports', () => {
  const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

  test('sales a day, with days that had none, by currency', async () => {
    const { salesByDay } = await analytics.run(`{ salesByDay(from: "2026-11-26", to: "2026-11-28") {
      day currency orders units gross { amountMinor currency } returned { amountMinor } net { amountMinor } } }`);
    const row = (day: number, orders: number, units: number, gross: number, returned: number) => ({
      day: `2026-11-${day}`,
      currency: 'EUR',
      orders,
      units,
      gross: eur(gross),
      returned: { amountMinor: returned },
      net: { amountMinor: gross - returned },
    });
    expect(salesByDay).toMatchObject([
      row(26, 1, 2, 3_000, 0),
      row(27, 2, 5, 3_001, 1_001),
      row(28, 0, 0, 0, 0),
      { day: '2026-11-26', currency: 'GBP', orders: 0 },
      { day: '2026-11-27', currency: 'GBP', orders: 1, gross: { amountMinor: 500, currency: 'GBP' } },
      { day: '2026-11-28', currency: 'GBP', orders: 0 },
    ]);
  });

  test('the average is exact and rounded half up', async () => {
    // 6001 / 3 = 2000.33 in the last 30 days; nothing before.
    expect(
      await analytics.run('{ averageOrderValue { currency orders average { amountMinor currency } } }'),
    ).toEqual({
      averageOrderValue: [
        { currency: 'EUR', orders: 3, average: eur(2_000) },
        { currency: 'GBP', orders: 1, average: { amountMinor: 500, currency: 'GBP' } },
      ],
    });
    expect(
      await analytics.run(
        '{ averageOrderValue(from: "2026-11-27", to: "2026-11-27") { average { amountMinor } } }',
      ),
    ).toEqual({
      averageOrderValue: [{ average: { amountMinor: 1_501 } }, { average: { amountMinor: 500 } }],
    });
    expect(await analytics.run('{ averageOrderValue(to: "2026-10-01") { orders } }')).toEqual({
      averageOrderValue: [],
    });
  });

  test('the funnel counts by the day on which orders began', async () => {
    const FUNNEL = `query ($from: Date) { funnel(from: $from) {
      steps { stage orders share } failed cancelled returned } }`;
    const { funnel } = await analytics.run(FUNNEL);
    expect(funnel).toEqual({
      steps: [
        { stage: 'RECEIVED', orders: 5, share: 1 },
        { stage: 'RESERVED', orders: 4, share: 0.8 },
        { stage: 'AUTHORIZED', orders: 4, share: 0.8 },
        { stage: 'PLACED', orders: 4, share: 0.8 },
        { stage: 'PAID', orders: 1, share: 0.2 },
        { stage: 'SHIPPED', orders: 1, share: 0.2 },
        { stage: 'COMPLETED', orders: 1, share: 0.2 },
      ],
      failed: 0,
      cancelled: 1,
      returned: 0,
    });
    const today = await analytics.run(FUNNEL, { from: '2026-11-28' });
    expect(today).toMatchObject({
      funnel: { steps: [{ orders: 1, share: 1 }, { orders: 0, share: 0 }, {}, {}, {}, {}, {}] },
    });
  });

  test('top products by money or by units, without what was cancelled', async () => {
    const TOP = `query ($by: TopProductsBy, $first: Int) { topProducts(by: $by, first: $first) {
      variant { id } orders units revenue { amountMinor currency } } }`;
    const v1 = { variant: { id: 'v1' }, orders: 1, units: 2, revenue: eur(3_000) };
    const pounds = { ...v1, revenue: { amountMinor: 3_000, currency: 'GBP' } };
    const v2 = { variant: { id: 'v2' }, orders: 1, units: 4, revenue: eur(2_000) };
    expect(await analytics.run(TOP, { by: 'REVENUE' })).toEqual({ topProducts: [v1, pounds, v2] });
    expect(await analytics.run(TOP, { by: 'UNITS', first: 1 })).toEqual({ topProducts: [v2] });
  });

  test.each([
    ['{ salesByDay(from: "2026-11-02", to: "2026-11-01") { day } }', /is after/],
    ['{ salesByDay(from: "2020-01-01") { day } }', /at most 400 days/],
    ['{ salesByDay(from: "2026-02-30") { day } }', /Date takes a day/],
    ['{ topProducts(first: 101) { units } }', /1 to 100/],
    ['{ eventLog(after: "xx") { nodes { id } } }', /not a cursor/],
    ['{ verifyEventChain(first: 0) { intact } }', /1 to 50000/],
    ['{ verifyEventChain(after: 999) { intact } }', /no event number 999/],
  ])('%s is refused', async (query, message) => {
    await expect(analytics.run(query)).rejects.toThrow(message);
  });
});

describe('the event log', () => {
  const LOG = `query ($first: Int, $after: String, $filter: EventLogFilter, $newestFirst: Boolean) {
    eventLog(first: $first, after: $after, filter: $filter, newestFirst: $newestFirst) {
      nodes { id type occurredAt number } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
  interface Page {
    eventLog: {
      nodes: { id: string; type: string; occurredAt: string; number: number }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }
  const read = async (variables: Record<string, unknown>): Promise<Page['eventLog']> =>
    ((await analytics.run(LOG, variables)) as unknown as Page).eventLog;
  const all = async (variables: Record<string, unknown>) => {
    const found: Page['eventLog']['nodes'] = [];
    for (let after: string | null = null; ;) {
      const { nodes, pageInfo } = await read({ ...variables, first: 7, after });
      found.push(...nodes);
      if (!pageInfo.hasNextPage) return found;
      after = pageInfo.endCursor;
    }
  };
  const idsOf = (nodes: { id: string }[]) => nodes.map(({ id }) => id);

  test('pages go through all of it, forwards and backwards in time, once each', async () => {
    const newest = await all({});
    expect(idsOf(newest).sort()).toEqual(idsOf(ALL).sort());
    const times = newest.map(({ occurredAt }) => occurredAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(await all({ newestFirst: false })).toEqual([...newest].reverse());
  });

  test.each([
    [
      'types',
      { types: ['order.placed', 'order.paid'] },
      (e: DomainEvent) => /^order\.(placed|paid)$/.test(e.type),
    ],
    ['sources', { sources: ['payments'] }, (e: DomainEvent) => e.source === 'payments'],
    ['an aggregate', { aggregateId: 'v1' }, (e: DomainEvent) => e.aggregateId === 'v1'],
    ['an order', { orderId: 'o1' }, (e: DomainEvent) => e.aggregateId === 'o1'],
    ['what an order set in motion', { correlationId: 'o1' }, (e: DomainEvent) => e.correlationId === 'o1'],
    [
      'a range of time',
      { from: at(27, 9), to: at(27, 12) },
      (e: DomainEvent) => e.occurredAt >= at(27, 9) && e.occurredAt < at(27, 12),
    ],
    [
      'several of them',
      { orderId: 'o1', sources: ['orders'] },
      (e: DomainEvent) => e.aggregateId === 'o1' && e.source === 'orders',
    ],
    ['no types at all', { types: [] }, () => false],
  ])('is filtered by %s', async (_what, filter, wanted) => {
    expect(idsOf(await all({ filter })).sort()).toEqual(idsOf(ALL.filter(wanted)).sort());
  });

  test('tells how many there are in all, whatever the page', async () => {
    const total = async (filter: object): Promise<unknown> =>
      (
        await analytics.run(
          'query ($filter: EventLogFilter) { eventLog(first: 1, filter: $filter) { totalCount } }',
          { filter },
        )
      )['eventLog'];
    expect(await total({})).toEqual({ totalCount: ALL.length });
    expect(await total({ types: [] })).toEqual({ totalCount: 0 });
    expect(await total({ orderId: 'o1', sources: ['orders'] })).toEqual({
      totalCount: ALL.filter(({ aggregateId, source }) => aggregateId === 'o1' && source === 'orders').length,
    });
  });

  test('an event is told whole', async () => {
    const { eventLog } =
      await analytics.run(`{ eventLog(filter: { orderId: "o1", types: ["order.placed"] }) { nodes {
      id type source aggregateId version schemaVersion occurredAt recordedAt correlationId payload redacted } } }`);
    const placed = COMPLETE.find(({ type }) => type === 'order.placed');
    expect(eventLog).toEqual({
      nodes: [{ ...placed, schemaVersion: null, recordedAt: NOW.toISOString(), redacted: [] }],
    });
  });
});

describe('as of', () => {
  const ORDER = `query ($id: ID!, $at: DateTime!) { orderAsOf(id: $id, at: $at) {
    stage number customerId total { amountMinor currency } refunded { amountMinor } lines { variant { id } quantity unitPrice { amountMinor } }
    stock { status since } payment { status details } shipment { status } events { id } order { id } } }`;
  const orderAsOf = async (id: string, instant: string) =>
    (await analytics.run(ORDER, { id, at: instant }))['orderAsOf'];

  test('an order is as it was at any instant', async () => {
    expect(await orderAsOf('o1', at(26, 9))).toBeNull();
    expect(await orderAsOf('o1', at(26, 10))).toMatchObject({
      stage: 'PLACED',
      customerId: 'usr_1',
      total: { amountMinor: 3_000, currency: 'EUR' },
      refunded: { amountMinor: 0 },
      lines: [{ variant: { id: 'v1' }, quantity: 2, unitPrice: { amountMinor: 1_500 } }],
      stock: { status: 'reserved', since: at(26) },
      payment: { status: 'authorized' },
      shipment: null,
      order: { id: 'o1' },
    });
    expect(await orderAsOf('o1', at(26, 11))).toMatchObject({
      stage: 'PAID',
      payment: { status: 'captured', details: { paymentId: 'pay_o1', amountMinor: 3_000 } },
    });
    expect(await orderAsOf('o1', at(27, 9))).toMatchObject({
      stage: 'SHIPPED',
      stock: { status: 'committed' },
    });
    expect(await orderAsOf('o1', at(28))).toMatchObject({ stage: 'COMPLETED' });
    expect(await orderAsOf('o2', at(28))).toMatchObject({
      stage: 'CANCELLED',
      stock: { status: 'released' },
      payment: { status: 'voided' },
    });
  });

  test('what events have not told yet is null', async () => {
    expect(await orderAsOf('o5', at(28, 10))).toMatchObject({
      stage: 'RECEIVED',
      number: null,
      customerId: null,
      total: null,
      refunded: null,
      lines: [{ variant: { id: 'v1' }, quantity: 2, unitPrice: null }],
      stock: null,
      payment: null,
    });
  });

  const STOCK_AS_OF = `query ($id: ID!, $at: DateTime!) { stockAsOf(variantId: $id, at: $at) {
    onHand available reserved event { id } variant { id } } }`;
  const stockAsOf = async (id: string, instant: string) =>
    (await analytics.run(STOCK_AS_OF, { id, at: instant }))['stockAsOf'];

  test('stock is what the highest version told by then', async () => {
    expect(await stockAsOf('v1', at(26))).toEqual({
      onHand: 20,
      available: 18,
      reserved: 2,
      event: { id: 'v1_2' },
      variant: { id: 'v1' },
    });
    expect(await stockAsOf('v1', at(27, 10))).toMatchObject({
      available: 17,
      reserved: 1,
      event: { id: 'v1_4' },
    });
  });

  test('stock before the first change is what that change began with', async () => {
    const before = { onHand: 20, available: 20, reserved: 0, event: { id: 'v1_2' }, variant: { id: 'v1' } };
    expect(await stockAsOf('v1', '2026-11-26T09:59:59.999Z')).toEqual(before);
    expect(await stockAsOf('v1', '2019-01-01T00:00:00Z')).toEqual(before);
    // The first change is the one of the lowest version, whatever the clocks said.
    expect(await stockAsOf('v2', at(27, 7))).toMatchObject({
      onHand: 12,
      available: 12,
      reserved: 0,
      event: { id: 'v2_5' },
    });
  });

  test('stock that no event tells is null', async () => {
    expect(await stockAsOf('never moved', at(28))).toBeNull();
    // Moved in a way that analytics does not know: only what is there afterwards is told.
    expect(await stockAsOf('v3', at(26))).toBeNull();
    expect(await stockAsOf('v3', at(27))).toMatchObject({ onHand: 7, available: 4, reserved: 3 });
  });
});

describe('the chain', () => {
  test('is checked in parts, to the end that eventChain tells', async () => {
    const VERIFY = `query ($after: SafeInt) { verifyEventChain(after: $after, first: 20) {
      intact complete checkedTo hash broken { number } } }`;
    interface Part {
      verifyEventChain: { intact: boolean; complete: boolean; checkedTo: number; hash: string };
    }
    let part = { intact: true, complete: false, checkedTo: 0, hash: '' };
    let parts = 0;
    while (!part.complete) {
      part = ((await analytics.run(VERIFY, { after: part.checkedTo })) as unknown as Part).verifyEventChain;
      expect(part.intact).toBe(true);
      parts += 1;
    }
    expect(parts).toBe(Math.ceil(ALL.length / 20));
    expect(await analytics.run('{ eventChain { records hash recordedAt } }')).toEqual({
      eventChain: { records: ALL.length, hash: part.hash, recordedAt: NOW.toISOString() },
    });
  });

  test('reports are made again on request, and come out the same', async () => {
    const REBUILD = `mutation ($swap: Boolean!) { rebuildReports(input: { swap: $swap }) {
      rebuild { events differences } errors { code } } }`;
    const outcome = { rebuildReports: { rebuild: { events: ALL.length, differences: 0 }, errors: [] } };
    expect(await analytics.run(REBUILD, { swap: false })).toEqual(outcome);
    expect(await analytics.run(REBUILD, { swap: true })).toEqual(outcome);
  });
});

test.each([
  '{ salesByDay { day } }',
  '{ averageOrderValue { orders } }',
  '{ funnel { failed } }',
  '{ topProducts { units } }',
  '{ eventLog { nodes { id } } }',
  '{ orderAsOf(id: "o1", at: "2026-11-28T00:00:00Z") { stage } }',
  '{ stockAsOf(variantId: "v1", at: "2026-11-28T00:00:00Z") { onHand } }',
  '{ eventChain { hash } }',
  '{ verifyEventChain { intact } }',
  'mutation { rebuildReports(input: {}) { errors { code } } }',
])('%s is for staff', async (query) => {
  await expect(analytics.run(query, {}, { kind: 'anonymous' })).rejects.toThrow(/UNAUTHENTICATED|Sign in/);
  await expect(
    analytics.run(query, {}, { kind: 'user', userId: 'usr_1', roles: ['CUSTOMER'] }),
  ).rejects.toThrow(/STAFF/);
  await expect(analytics.run(query, {}, STAFF)).resolves.toBeDefined();
});
