import { expect, it } from 'vitest';
import { boardOrder } from '@/__fixtures__/samples.js';
import { layLiveWire } from '@/__fixtures__/live-wire.js';
import { openTestShop } from '@/__fixtures__/test-shop.js';
import { useBoardFeed } from './use-board.js';

it('keeps the news that come while a column is on its way', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const wire = layLiveWire();
  const shop = openTestShop({
    async allOrders({ statuses }: { statuses: readonly string[] }) {
      if (statuses.includes('CANCELLED')) await held;
      const nodes = statuses.includes('PLACED') ? [boardOrder('a', 'PLACED', 2)] : [];
      return { nodes, totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null } };
    },
  });
  const { board, isLoading } = shop.run(useBoardFeed);
  const shown = () => [...board.value.orders.values()].map(({ id, status }) => `${id} ${status}`).sort();
  await expect.poll(() => wire.isHeard('OrderFeed') && shop.arrived.length >= 6).toBe(true);
  for (const orderFeed of [boardOrder('a', 'PAID', 3), boardOrder('b', 'PLACED', 1)])
    wire.tell('OrderFeed', { orderFeed });
  await expect.poll(shown).toEqual(['a PAID', 'b PLACED']);

  release();
  await expect.poll(() => isLoading.value).toBe(false);
  expect(shown()).toEqual(['a PAID', 'b PLACED']);
  expect(board.value.totals).toMatchObject({ PLACED: 1, PAID: 1 });
});
