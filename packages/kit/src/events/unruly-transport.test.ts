import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RecordedEvent } from './event.js';
import type { EventSubscription, EventTransport } from './transport.js';
import { type UnrulyOptions, createUnrulyTransport } from './unruly-transport.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const events = Array.from({ length: 20 }, (_, index): RecordedEvent => ({
  id: `event-${index + 1}`,
  type: 'thing.counted',
  source: 'shop',
  aggregateId: 'thing',
  version: index + 1,
  occurredAt: '2026-01-01T00:00:00.000Z',
  correlationId: 'test',
  payload: {},
  position: index + 1,
}));

/** A consumer behind an unruly transport, and its deliveries as the inner transport makes them. */
function openUnruly(options: Partial<UnrulyOptions>) {
  const ledger = new Set<string>();
  let position = 0;
  let failures = 0;
  const consumer: EventSubscription = {
    consumer: 'ledger',
    owner: 'shop',
    types: ['thing.counted'],
    cursor: { load: async () => position },
    async deliver(batch, upTo) {
      if (failures > 0) {
        failures -= 1;
        throw new Error('the database is away');
      }
      for (const { id } of batch) ledger.add(id);
      position = Math.max(position, upTo);
    },
  };
  let deliver = consumer.deliver;
  const inner: EventTransport = {
    attach: () => {},
    subscribe(subscription) {
      deliver = subscription.deliver;
      return { stop: async () => {} };
    },
    close: async () => {},
  };
  const running = createUnrulyTransport(inner, { seed: 7, maxDelayMs: 100, ...options }).subscribe(consumer);
  return {
    deliver: (...delivery: Parameters<typeof deliver>) => deliver(...delivery),
    failOnce: () => void (failures = 1),
    /** What a restart would never bring again, although it was not applied. */
    lost: () => events.filter((event) => event.position <= position && !ledger.has(event.id)),
    facts: () => ({ applied: ledger.size, position }),
    async stop() {
      const stopped = running.stop();
      await vi.runAllTimersAsync();
      await stopped;
    },
  };
}

test('brings everything in the end, and the cursor passes nothing that is held back', async () => {
  const unruly = openUnruly({ delayed: 0.5, duplicated: 0.5 });
  for (const event of events) {
    await unruly.deliver([event], event.position);
    expect(unruly.lost()).toEqual([]);
  }
  expect(unruly.facts().position).toBeLessThan(20);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(unruly.facts()).toEqual({ applied: 20, position: 20 });
  await unruly.stop();
});

test.each([
  ['without delays', { delayed: 0, duplicated: 0 }],
  ['with some events held back', { delayed: 0.5, duplicated: 0.2 }],
])('takes nothing over from a delivery that failed, %s', async (_name, options) => {
  const unruly = openUnruly(options);
  unruly.failOnce();
  await expect(unruly.deliver(events, 20)).rejects.toThrow('the database is away');
  // Whatever was held back would be due by now, and a delivery that leaves the cursor alone is no reason to move it.
  await vi.advanceTimersByTimeAsync(1_000);
  await unruly.deliver([], 0);
  expect(unruly.facts()).toEqual({ applied: 0, position: 0 });

  await unruly.deliver(events, 20);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(unruly.facts()).toEqual({ applied: 20, position: 20 });
  await unruly.stop();
});
