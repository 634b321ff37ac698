import { describe, expect, it, vi } from 'vitest';
import { openTestShop } from '@/__fixtures__/test-shop.js';
import { useReports } from './use-reports.js';

/** How long to wait for what happens in the background, in milliseconds: on a busy machine, too. */
const PATIENCE = { timeout: 20_000, interval: 50 };

const NOW = new Date('2026-11-28T12:00:00Z');
const day = (currency: string, net: number, orders: number) => ({
  day: '2026-11-28',
  currency,
  orders,
  units: 2 * orders,
  gross: { amountMinor: net + 100, currency },
  net: { amountMinor: net, currency },
});
const product = (currency: string, id: string | null) => ({
  variant: id && {
    id,
    title: 'Blue',
    product: { id: 'p1', slug: 'lamp', name: 'Lamp', imageUrl: '/img/p/1.svg' },
  },
  orders: 1,
  units: 1,
  revenue: { amountMinor: 900, currency },
});
const answers = {
  salesByDay: ({ to }: { to: string }) =>
    to === '2026-11-28' ? [day('GBP', 500, 1), day('EUR', 900, 3)] : [day('EUR', 800, 1)],
  averageOrderValue: [{ currency: 'EUR', orders: 3, average: { amountMinor: 333, currency: 'EUR' } }],
  funnel: { steps: [{ stage: 'RECEIVED', orders: 4, share: 1 }], failed: 0, cancelled: 0, returned: 0 },
  topProducts: [product('EUR', 'v1'), product('GBP', 'v2')],
};

const open = (more: object = {}) => {
  const shop = openTestShop({ ...answers, ...more });
  return { shop, reports: shop.run(() => useReports(() => NOW)) };
};

describe('reports', () => {
  it('tell of one currency at a time, the busiest first, beside the days before', async () => {
    const { reports } = open();
    expect(reports.isLoading.value).toBe(true);
    await vi.waitFor(() => expect(reports.hasContent.value).toBe(true), PATIENCE);
    expect(reports.currencies.value).toEqual(['EUR', 'GBP']);
    expect(reports.sums.value).toEqual({ net: 900, gross: 1_000, orders: 3, units: 6 });
    expect(reports.changes.value).toMatchObject({ net: 0.125, orders: 2 });
    expect(reports.average.value).toMatchObject({ amountMinor: 333 });
    expect(reports.products.value.map(({ variant }) => variant?.id)).toEqual(['v1']);
    reports.currency.value = 'GBP';
    expect(reports.sums.value.net).toBe(500);
    expect(reports.changes.value.net).toBeUndefined();
    expect(reports.average.value).toBeUndefined();
  });

  it('ask anew for another period', async () => {
    const { shop, reports } = open();
    await vi.waitFor(() => expect(reports.hasContent.value).toBe(true), PATIENCE);
    reports.days.value = 7;
    await vi.waitFor(() => expect(shop.arrived).toHaveLength(2), PATIENCE);
    expect(shop.arrived[1]?.variables).toMatchObject({ from: '2026-11-22', beforeTo: '2026-11-21' });
  });

  it('stay while the catalogue is away, and say that something is missing', async () => {
    const { reports } = open({ topProducts: [product('EUR', null)] });
    await vi.waitFor(() => expect(reports.hasContent.value).toBe(true), PATIENCE);
    expect(reports.problem.value).toBe('partial');
    expect(reports.sums.value.net).toBe(900);
  });
});
