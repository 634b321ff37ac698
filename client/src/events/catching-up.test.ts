import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { openTestShop } from '@/__fixtures__/test-shop.js';
import { useOrderReplay } from './use-order-replay.js';

/** How long to wait for what happens in the background, in milliseconds: on a busy machine, too. */
const PATIENCE = { timeout: 20_000, interval: 20 };
const MINUTE = 60_000;
const at = (second: number) => new Date(Date.UTC(2026, 10, 28, 9, 0, second)).toISOString();
const event = (number: number, type: string, second: number) => ({
  ...{ id: `e${number}`, number, type, source: 'orders', aggregateId: 'o1', version: number },
  ...{ occurredAt: at(second), correlationId: 'o1', payload: { orderId: 'o1' }, redacted: [] },
});
const placed = event(1, 'order.placed', 1);
const captured = event(2, 'payment.captured', 2);
const paid = event(3, 'order.paid', 3);

/** @param log what the event log answers to each question; the last answer stays */
function openReplay(changedAt: () => string, ...log: (typeof placed)[][]) {
  let questions = 0;
  const shop = openTestShop({
    eventLog() {
      const nodes = log[Math.min(questions, log.length - 1)];
      questions += 1;
      return { nodes, pageInfo: { hasNextPage: false, endCursor: null } };
    },
    orderAsOf: ({ at: instant }: { at: string }) => ({
      ...{
        at: instant,
        stage: instant === at(3) ? 'PAID' : 'PLACED',
        total: null,
        refunded: null,
        lines: [],
      },
      ...{ stock: null, shipment: null, order: { id: 'o1', number: 'S-1' } },
      payment: questions < log.length ? null : { status: 'CAPTURED' },
    }),
  });
  return { replay: shop.run(() => useOrderReplay(() => 'o1', changedAt)), questions: () => questions };
}

/** Waits while pauses pass in no time. */
const afterPauses = (check: () => void) =>
  vi.waitFor(() => {
    vi.advanceTimersByTime(MINUTE);
    check();
  }, PATIENCE);

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

it('asks until the events tell of the change that was there from the beginning', async () => {
  const { replay } = openReplay(() => at(3), [placed], [placed], [placed, captured, paid]);
  await afterPauses(() => expect(replay.snapshot.value?.stage).toBe('PAID'));
});

it('asks until the events tell of a change that comes later', async () => {
  const changedAt = ref(at(1));
  const { replay, questions } = openReplay(
    () => changedAt.value,
    [placed],
    [placed],
    [placed],
    [placed, paid],
  );
  await afterPauses(() => expect(questions()).toBe(2));
  changedAt.value = at(3);
  await afterPauses(() => expect(replay.event.value?.type).toBe('order.paid'));
});

it('asks once more when it has caught up, and shows what then belongs to the same instant', async () => {
  const { replay, questions } = openReplay(() => at(3), [placed, paid], [placed, captured, paid]);
  await afterPauses(() => expect(replay.events.value).toHaveLength(3));
  await afterPauses(() => expect(replay.snapshot.value?.payment?.status).toBe('CAPTURED'));
  expect([questions(), vi.getTimerCount()]).toEqual([2, 0]);
});

it('gives up after a minute on a change that no event tells of', async () => {
  const answers = Array.from({ length: 9 }, (_, number) => [event(number, 'order.placed', 1)]);
  const { replay, questions } = openReplay(() => at(3), ...answers);
  await afterPauses(() => expect(replay.event.value?.number).toBe(7));
  await nextTick();
  expect([questions(), vi.getTimerCount()]).toEqual([8, 0]);
});
