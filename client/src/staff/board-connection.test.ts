import { expect, it } from 'vitest';
import { boardOrder } from '@/__fixtures__/samples.js';
import { layLiveWire } from '@/__fixtures__/live-wire.js';
import { openTestShop } from '@/__fixtures__/test-shop.js';
import { useConnectionStore } from '@/graph/connection-store.js';
import { useBoardFeed } from './use-board.js';

it('asks for what happened before it could listen, and while it could not', async () => {
  const orders = [boardOrder('early', 'PLACED', 1)];
  let isAway = false;
  const wire = layLiveWire();
  const shop = openTestShop({
    allOrders({ statuses }: { statuses: readonly string[] }) {
      if (isAway && statuses.includes('PLACED')) throw new Error('away');
      const nodes = orders.filter(({ status }) => statuses.includes(status));
      return { nodes, totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null } };
    },
  });
  const { board, isLoading, problem } = shop.run(useBoardFeed);
  const connection = useConnectionStore();
  const shown = () => [...board.value.orders.keys()].sort();
  await expect.poll(() => isLoading.value).toBe(false);
  orders.push(boardOrder('between', 'PAID', 1));
  await expect.poll(shown).toEqual(['between', 'early']);

  wire.cut();
  await expect.poll(() => connection.state).toBe('lost');
  orders.push(boardOrder('unheard', 'PAID', 1));
  isAway = true;
  await expect.poll(shown).toEqual(['between', 'early', 'unheard']);
  expect(connection.state).toBe('live');
  expect([board.value.totals.PLACED, problem.value]).toEqual([1, 'broken']);
});
