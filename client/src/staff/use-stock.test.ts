import { describe, expect, it, vi } from 'vitest';
import { useRouter } from 'vue-router';
import { openTestShop } from '@/__fixtures__/test-shop.js';
import { useStock } from './use-stock.js';

/** How long to wait for what happens in the background, in milliseconds: on a busy machine, too. */
const PATIENCE = { timeout: 20_000, interval: 50 };

const units = (available: number) => ({ onHand: available, available, reserved: 0 });
const variantOf = (sku: string, available: number) => ({
  id: sku,
  sku,
  title: 'Blue',
  stock: units(available),
  product: { id: `p-${sku}`, slug: sku.toLowerCase(), name: `Product ${sku}`, imageUrl: '/img/p/1.svg' },
});
const openStock = () => {
  const shop = openTestShop({
    stockItems: () => ({
      totalCount: 1,
      nodes: [{ variant: variantOf('CHAIR', 40), stock: units(40), updatedAt: '2026-11-22T09:30:00.000Z' }],
      pageInfo: { hasNextPage: false, endCursor: null },
    }),
    variants: ({ query }: { query: string }) =>
      query === 'lamp' ? [variantOf('LAMP-1', 9), variantOf('LAMP-2', 2)] : [],
  });
  const { stock, router } = shop.run(() => ({ stock: useStock(), router: useRouter() }));
  const skus = () => stock.rows.value.map(({ variant }) => variant?.sku);
  const address = () => router.currentRoute.value.query;
  return { shop, stock, router, skus, address };
};

describe('the search in the stock', () => {
  it('finds what is typed, a moment later or at once, and keeps it in the address', async () => {
    const { stock, skus, address } = openStock();
    await vi.waitFor(() => expect(skus()).toEqual(['CHAIR']), PATIENCE);
    stock.typed.value = ' lamp ';
    await vi.waitFor(() => expect(skus()).toEqual(['LAMP-1', 'LAMP-2']), PATIENCE);
    expect(address()).toEqual({ q: 'lamp' });
    expect(stock.typed.value).toBe(' lamp ');
    stock.lowOnly.value = true;
    await vi.waitFor(() => expect(skus()).toEqual(['LAMP-2']), PATIENCE);
    expect([address(), stock.total.value]).toEqual([{ q: 'lamp', low: '1' }, 1]);
    stock.typed.value = 'nothing';
    stock.find();
    await vi.waitFor(() => expect(address()['q']).toBe('nothing'), PATIENCE);
    await vi.waitFor(() => expect([skus(), stock.isLoading.value]).toEqual([[], false]), PATIENCE);
    stock.clear();
    await vi.waitFor(() => expect(skus()).toEqual(['CHAIR']), PATIENCE);
    expect(address()).toEqual({});
  });

  it('follows the address when somebody comes by a link', async () => {
    const { stock, router, skus } = openStock();
    await router.push({ query: { q: 'lamp', low: '1' } });
    await vi.waitFor(() => expect(skus()).toEqual(['LAMP-2']), PATIENCE);
    expect([stock.typed.value, stock.lowOnly.value]).toEqual(['lamp', true]);
  });
});
