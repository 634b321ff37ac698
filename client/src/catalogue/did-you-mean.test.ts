import { describe, expect, it, vi } from 'vitest';
import { useRouter } from 'vue-router';
import { openTestShop } from '@/__fixtures__/test-shop.js';
import { useListing } from './use-listing.js';

/** How long to wait for what happens in the background, in milliseconds: on a busy machine, too. */
const PATIENCE = { timeout: 20_000, interval: 50 };

const pageOf = (totalCount: number, didYouMean: string | null) => ({
  totalCount,
  didYouMean,
  nodes: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  facets: [],
});

describe('a misspelt search', () => {
  it('is offered put right, with its filters, and no longer once it is followed', async () => {
    const shop = openTestShop({
      search: ({ query }: { query: string }) =>
        query === 'hedfones' ? pageOf(0, 'headphones') : pageOf(24, null),
    });
    const { listing, router } = shop.run(() => ({ listing: useListing(), router: useRouter() }));
    await router.push({ path: '/search', query: { q: 'hedfones', brand: 'Amara' } });
    await vi.waitFor(() => expect(listing.didYouMean.value).toBe('headphones'), PATIENCE);

    const address = listing.addressOf({ query: 'headphones' });
    expect(address).toEqual({ query: { q: 'headphones', brand: ['Amara'] } });
    await router.push(address);
    await vi.waitFor(() => expect(listing.total.value).toBe(24), PATIENCE);
    expect(listing.didYouMean.value).toBeNull();
  });
});
