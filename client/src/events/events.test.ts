import { describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { useRouter } from 'vue-router';
import { openTestShop } from '@/__fixtures__/test-shop.js';
import { orderIdOf } from './order-id-of.js';
import { STEPS } from './time-window.js';
import { useEventLog } from './use-event-log.js';
import { useOrderReplay } from './use-order-replay.js';

/** How long to wait for what happens in the background, in milliseconds: on a busy machine, too. */
const PATIENCE = { timeout: 20_000, interval: 50 };

const event = (number: number, type: string, occurredAt: string) => ({
  id: `e${number}`,
  number,
  type,
  source: 'orders',
  aggregateId: 'o1',
  version: number,
  occurredAt,
  correlationId: 'o1',
  payload: { orderId: 'o1' },
  redacted: [],
});
const page = (nodes: object[], endCursor: string | null = null) => ({
  nodes,
  pageInfo: { hasNextPage: endCursor !== null, hasPreviousPage: false, startCursor: null, endCursor },
});
const NOW = Date.parse('2026-11-28T12:00:00Z');

describe('the event log', () => {
  it('asks for what had happened by the instant of the slider, once it rests', async () => {
    const shop = openTestShop({
      eventLog: () => page([event(1, 'order.placed', '2026-11-28T09:00:00.000Z')]),
    });
    const log = shop.run(() => useEventLog(() => NOW));
    await vi.waitFor(() => expect(log.events.value).toHaveLength(1), PATIENCE);
    expect(shop.arrived[0]?.variables).toMatchObject({ filter: { from: '2026-11-27T12:00:00.000Z' } });
    for (let step = STEPS; step >= STEPS / 2; step -= 50) log.step.value = step;
    log.source.value = 'orders';
    log.about.value = ' o1 ';
    await vi.waitFor(() => expect(shop.arrived).toHaveLength(2), PATIENCE);
    expect(shop.arrived[1]?.variables).toMatchObject({
      filter: { to: '2026-11-28T00:00:00.000Z', sources: ['orders'], correlationId: 'o1' },
    });
    log.hours.value = 1;
    await vi.waitFor(() => expect(shop.arrived).toHaveLength(3), PATIENCE);
    expect(shop.arrived[2]?.variables).toMatchObject({ filter: { from: '2026-11-28T11:00:00.000Z' } });
    expect(log.until.value).toBeUndefined();
  });

  it('follows the address, and the address follows it', async () => {
    const shop = openTestShop({ eventLog: () => page([]) });
    const { log, router } = shop.run(() => ({ log: useEventLog(() => NOW), router: useRouter() }));
    await router.replace({ query: { kind: 'order.paid', about: 'o1', role: 'aggregate', hours: '1' } });
    await vi.waitFor(
      () =>
        expect(shop.arrived.at(-1)?.variables).toMatchObject({
          filter: { types: ['order.paid'], aggregateId: 'o1', from: '2026-11-28T11:00:00.000Z' },
        }),
      PATIENCE,
    );
    log.kind.value = '';
    log.about.value = 'o2';
    await vi.waitFor(
      () => expect(router.currentRoute.value.query).toEqual({ about: 'o2', role: 'aggregate', hours: '1' }),
      PATIENCE,
    );
  });

  it('keeps the instant of the slider in the address, and while other hours hold it', async () => {
    const shop = openTestShop({ eventLog: () => page([]) });
    const { log, router } = shop.run(() => ({ log: useEventLog(() => NOW), router: useRouter() }));
    const addressIs = (query: object) =>
      vi.waitFor(() => expect(router.currentRoute.value.query).toEqual(query), PATIENCE);
    log.step.value = STEPS / 2;
    await addressIs({ until: '2026-11-28T00:00:00.000Z' });
    log.hours.value = 168;
    await addressIs({ hours: '168', until: '2026-11-28T00:00:00.000Z' });
    expect(log.step.value).toBe(929);
    log.hours.value = 1;
    await addressIs({ hours: '1' });
    expect(log.step.value).toBe(STEPS);
    await router.replace({ query: { until: '2026-11-27T18:00:00.000Z' } });
    await vi.waitFor(() => expect(log.step.value).toBe(STEPS / 4), PATIENCE);
    await vi.waitFor(
      () =>
        expect(shop.arrived.at(-1)?.variables).toMatchObject({
          filter: { from: '2026-11-27T12:00:00.000Z', to: '2026-11-27T18:00:00.000Z' },
        }),
      PATIENCE,
    );
  });

  it('adds a page to those that are there', async () => {
    const shop = openTestShop({
      eventLog: ({ after }: { after: string | null }) =>
        after === null || after === undefined
          ? page([event(2, 'order.paid', '2026-11-28T10:00:00.000Z')], 'next')
          : page([event(1, 'order.placed', '2026-11-28T09:00:00.000Z')]),
    });
    const log = shop.run(() => useEventLog(() => NOW));
    await vi.waitFor(() => expect(log.hasMore.value).toBe(true), PATIENCE);
    await log.loadMore();
    await vi.waitFor(() => expect(log.events.value.map(({ id }) => id)).toEqual(['e2', 'e1']), PATIENCE);
    expect(log.hasMore.value).toBe(false);
  });
});

describe('the replay of an order', () => {
  it('shows the last event first, and the order as it was after any other', async () => {
    const instants = ['2026-11-28T09:00:00.000Z', '2026-11-28T09:00:01.000Z'];
    const shop = openTestShop({
      eventLog: page([
        event(1, 'stock.reserve-requested', instants[0] ?? ''),
        event(2, 'order.placed', instants[1] ?? ''),
      ]),
      orderAsOf: ({ id, at }: { id: string; at: string }) => ({
        at,
        stage: at === instants[1] ? 'PLACED' : 'RECEIVED',
        total: null,
        refunded: null,
        lines: [],
        stock: null,
        payment: null,
        shipment: null,
        order: { id, number: 'S-1' },
      }),
    });
    const replay = shop.run(() => useOrderReplay(() => 'o1'));
    await vi.waitFor(() => expect(replay.snapshot.value?.stage).toBe('PLACED'), PATIENCE);
    expect(replay.event.value?.type).toBe('order.placed');
    replay.index.value = 0;
    await vi.waitFor(() => expect(replay.snapshot.value?.stage).toBe('RECEIVED'), PATIENCE);
    expect(shop.arrived.at(-1)?.variables).toEqual({ id: 'o1', at: instants[0] });
  });

  it('goes on to the newest event while the slider is at its end, and stays where it was put', async () => {
    const nodes = [event(1, 'stock.reserve-requested', '2026-11-28T09:00:00.000Z')];
    const shop = openTestShop({ eventLog: () => page([...nodes]), orderAsOf: null });
    const changedAt = ref('2026-11-28T09:00:00.000Z');
    const replay = shop.run(() =>
      useOrderReplay(
        () => 'o1',
        () => changedAt.value,
      ),
    );
    await vi.waitFor(() => expect(replay.event.value?.type).toBe('stock.reserve-requested'), PATIENCE);
    nodes.push(event(2, 'order.placed', '2026-11-28T09:00:01.000Z'));
    changedAt.value = '2026-11-28T09:00:01.000Z';
    await vi.waitFor(() => expect(replay.event.value?.type).toBe('order.placed'), PATIENCE);
    replay.index.value = 0;
    nodes.push(event(3, 'order.paid', '2026-11-28T09:00:02.000Z'));
    changedAt.value = '2026-11-28T09:00:02.000Z';
    await vi.waitFor(() => expect(replay.events.value).toHaveLength(3), PATIENCE);
    expect(replay.index.value).toBe(0);
  });

  it('says that there is none for an order that nothing is known of', async () => {
    const shop = openTestShop({ eventLog: page([]), orderAsOf: null });
    const replay = shop.run(() => useOrderReplay(() => 'o9'));
    await vi.waitFor(() => expect(replay.isMissing.value).toBe(true), PATIENCE);
    expect(shop.operations()).toEqual(['EventLog']);
  });
});

it.each([
  [{ orderId: 'o1' }, 'o1'],
  [{ orderId: 7 }, undefined],
  [null, undefined],
  ['o1', undefined],
])('the order of %j is %s', (payload, orderId) => {
  expect(orderIdOf(payload)).toBe(orderId);
});
