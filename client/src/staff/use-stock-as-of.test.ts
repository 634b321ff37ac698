import { describe, expect, it, vi } from 'vitest';
import { openTestShop } from '@/__fixtures__/test-shop.js';
import { STEPS } from '@/events/time-window.js';
import { useStockAsOf } from './use-stock-as-of.js';

/** How long to wait for what happens in the background, in milliseconds: on a busy machine, too. */
const PATIENCE = { timeout: 20_000, interval: 50 };
const NOW = Date.parse('2026-11-28T12:00:00Z');
const MOVED = '2026-11-28T06:00:00.000Z';

const event = {
  id: 'e1',
  number: 1,
  type: 'stock.changed',
  source: 'inventory',
  aggregateId: 'lamp',
  version: 2,
  occurredAt: MOVED,
  correlationId: 'o1',
  payload: {},
  redacted: [],
};
const unitsAt = (at: string) => {
  const reserved = at < MOVED ? 0 : 2;
  return { at, onHand: 7, available: 7 - reserved, reserved, event };
};

describe('the stock of a variant as of an instant', () => {
  it('is what it was where the slider rests, and says which change tells it', async () => {
    const shop = openTestShop({ stockAsOf: ({ at }: { at: string }) => unitsAt(at) });
    const past = shop.run(() =>
      useStockAsOf(
        () => 'lamp',
        () => NOW,
      ),
    );
    await vi.waitFor(() => expect(past.units.value?.available).toBe(5), PATIENCE);
    expect(past.change.value).toEqual({ iso: MOVED, isLater: false });
    for (let step = STEPS; step >= STEPS / 2; step -= 50) past.step.value = step;
    await vi.waitFor(() => expect(past.units.value?.available).toBe(7), PATIENCE);
    expect(past.change.value).toEqual({ iso: MOVED, isLater: true });
    expect(shop.arrived[0]?.variables).toEqual({ variantId: 'lamp', at: '2026-11-28T12:00:00.000Z' });
    expect(shop.arrived.at(-1)?.variables).toEqual({ variantId: 'lamp', at: '2026-11-28T00:00:00.000Z' });
  });

  it('begins again at the present when a stretch of time is looked at that does not hold the instant', async () => {
    let now = NOW;
    const shop = openTestShop({ stockAsOf: ({ at }: { at: string }) => unitsAt(at) });
    const past = shop.run(() =>
      useStockAsOf(
        () => 'lamp',
        () => now,
      ),
    );
    past.step.value = 0;
    await vi.waitFor(() => expect(past.units.value?.available).toBe(7), PATIENCE);
    now += 60_000;
    past.hours.value = 1;
    await vi.waitFor(() => expect(past.units.value?.available).toBe(5), PATIENCE);
    expect(shop.arrived.at(-1)?.variables).toEqual({ variantId: 'lamp', at: '2026-11-28T12:01:00.000Z' });
  });

  it('is not known of a variant that has never moved', async () => {
    const shop = openTestShop({ stockAsOf: null });
    const past = shop.run(() => useStockAsOf(() => 'lamp'));
    await vi.waitFor(() => expect(past.isMissing.value).toBe(true), PATIENCE);
    expect(past.units.value).toBeUndefined();
  });
});
