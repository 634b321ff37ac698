import { expect, it } from 'vitest';
import { boardOrder } from '@/__fixtures__/samples.js';
import { layLiveWire } from '@/__fixtures__/live-wire.js';
import { openTestShop } from '@/__fixtures__/test-shop.js';
import { useConnectionStore } from '@/graph/connection-store.js';
import { useBoardFeed } from './use-board.js';

it('listens again when the shop has broken the feed off, and asks for what happened meanwhile', async () => {
  const orders = [boardOrder('early', 'PAID', 1)];
  const wire = layLiveWire();
  const shop = openTestShop({
    allOrders({ statuses }: { statuses: readonly string[] }) {
      const nodes = orders.filter(({ status }) => statuses.includes(status));
      return { nodes, totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null } };
    },
  });
  const { board } = shop.run(useBoardFeed);
  const connection = useConnectionStore();
  const shown = () => [...board.value.orders.keys()].sort();
  await expect.poll(() => wire.isHeard('OrderFeed')).toBe(true);
  await expect.poll(shown).toEqual(['early']);
  const away = { message: 'The link to the orders subgraph broke.', extensions: { retryable: true } };

  wire.fail('OrderFeed', away);
  await expect.poll(() => connection.state).toBe('lost');
  orders.push(boardOrder('unheard', 'PAID', 1));
  await expect.poll(() => wire.isHeard('OrderFeed')).toBe(true);
  wire.refuse('OrderFeed', away);
  await expect.poll(() => wire.isHeard('OrderFeed')).toBe(false);
  await expect.poll(() => wire.isHeard('OrderFeed')).toBe(true);
  wire.tell('OrderFeed', { orderFeed: boardOrder('heard', 'PAID', 1) });
  await expect.poll(() => connection.state).toBe('live');
  await expect.poll(shown).toEqual(['early', 'heard', 'unheard']);
});
