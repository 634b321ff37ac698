import {
  findPostgres,
  findRabbitMq,
  findRedis,
  startPostgres,
  startRabbitMq,
  startRedis,
  type TestServer,
} from '@souk/testkit/servers';
import { type ChannelModel, connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adjustStock,
  fillCart,
  placeOrder,
  signIn,
  someVariants,
  stockOf,
  watch,
} from '../support/people.js';
import { providerBooksAt } from '../support/provider-books.js';
import { sellOut } from '../support/sell-out.js';
import { type Shop, eventually, startShop, temporaryFolder } from '../support/shop.js';

const ORDER_LIVE = `subscription ($id: ID!, $token: String) {
  orderUpdated(id: $id, accessToken: $token) { status version lines { variant { stock { available } product { name } } } }
}`;
const CANCEL = `mutation ($input: CancelOrderInput!) {
  cancelOrder(input: $input) { order { status } errors { code message } }
}`;

interface LiveOrder {
  orderUpdated: {
    status: string;
    version: number;
    lines: { variant: { stock: { available: number }; product: { name: string } } }[];
  };
}

const found = await Promise.all([findPostgres(), findRedis(), findRabbitMq()]);

// What `npm start -- --split` does for a developer, on the servers of production.
describe.skipIf(found.includes(undefined))(
  'one process a service, on PostgreSQL, Redis and RabbitMQ (postgresql, redis-server and rabbitmq-server of Debian)',
  () => {
    let servers: { readonly postgres: TestServer; readonly redis: TestServer; readonly broker: TestServer };
    let shop: Shop;
    let remove: () => Promise<void>;
    let broker: ChannelModel;
    const published: string[] = [];

    beforeAll(async () => {
      const [postgres, redis, rabbitmq] = await Promise.all([startPostgres(), startRedis(), startRabbitMq()]);
      servers = { postgres, redis, broker: rabbitmq };
      const place = await temporaryFolder();
      remove = place.remove;
      shop = await startShop({
        dataDir: place.folder,
        mode: 'split',
        environment: { DATABASE_URL: postgres.url, REDIS_URL: redis.url, AMQP_URL: rabbitmq.url },
      });
      broker = await connect(rabbitmq.url);
      broker.on('error', () => {}); // One test kills it.
      const channel = await broker.createChannel();
      const { queue } = await channel.assertQueue('', { exclusive: true });
      await channel.bindQueue(queue, 'souk.events', '#');
      const note = (key: string | undefined) => key && published.push(key);
      await channel.consume(queue, (message) => void note(message?.fields.routingKey), { noAck: true });
    });
    afterAll(async () => {
      expect(await shop?.stop()).toBe(0);
      await broker?.close().catch(() => {});
      await Promise.all(Object.values(servers ?? {}).map((server) => server.stop()));
      await remove?.();
    });

    const buy = async (variantId: string) => {
      const { order, errors } = await placeOrder(shop, await fillCart(shop, variantId, 2));
      expect(errors).toEqual([]);
      if (!order) throw new Error('an order without errors is there');
      return order;
    };

    it('buys, watches the order live, cancels it, and has the units back', async () => {
      const [variantId = ''] = await someVariants(shop, 1);
      const staff = await signIn(shop, 'staff@souk.test');
      const available = async () => (await stockOf(shop, [variantId], staff))[0]?.available;
      const before = await available();
      const { id, accessToken, status } = await buy(variantId);
      expect(status).not.toBe('FAILED');
      const live = watch<LiveOrder>(shop, ORDER_LIVE, { id, token: accessToken });
      await eventually('the first push', async () => live.pushes.length > 0);

      const { data } = await shop.ask<{ cancelOrder: { errors: unknown[] } }>(CANCEL, {
        input: { orderId: id, accessToken },
      });
      expect(data.cancelOrder.errors).toEqual([]);
      await eventually(
        'the push of CANCELLED',
        async () => live.pushes.at(-1)?.orderUpdated.status === 'CANCELLED',
      );
      await live.close();
      await eventually('the units are back', async () => (await available()) === before);

      expect(live.failures).toEqual([]);
      const versions = live.pushes.map(({ orderUpdated }) => orderUpdated.version);
      expect(versions).toEqual([...new Set(versions)].sort((left, right) => left - right));
      expect(live.pushes[0]?.orderUpdated.lines[0]?.variant.product.name).toMatch(/\w/);
      await eventually('the broker has carried every step', async () =>
        [
          'orders.stock.reserve-requested',
          'inventory.stock.reserved',
          'orders.payment.authorize-requested',
          'payments.payment.authorized',
          'orders.stock.release-requested',
        ].every((key) => published.includes(key)),
      );
    });

    it('sells a stock of five to exactly five of fifty racing buyers, and charges nobody else', async () => {
      const staff = await signIn(shop, 'staff@souk.test');
      const [, , , variantId = ''] = await someVariants(shop, 4);
      const books = (since: Date) => providerBooksAt(servers.postgres.url, since);
      await sellOut(shop, books, { variantId, units: 5, buyers: 50, staff });
    });

    it('sells on while the broker is dead, and while Redis is', async () => {
      const [, variantId = ''] = await someVariants(shop, 2);
      await servers.broker.kill();
      const first = await buy(variantId);
      await eventually('the order is placed without a broker', async () => {
        const { data } = await shop.ask<{ order: { status: string } }>(
          'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { status } }',
          { id: first.id, token: first.accessToken },
        );
        return !['PENDING', 'FAILED'].includes(data.order.status);
      });
      await servers.redis.kill();
      expect((await buy(variantId)).status).not.toBe('FAILED');
      await Promise.all([servers.broker.restart(), servers.redis.restart()]);
      expect((await buy(variantId)).status).not.toBe('FAILED');
    });

    it('has every acknowledged order after kill -9 of PostgreSQL', async () => {
      const [, , variantId = ''] = await someVariants(shop, 3);
      await adjustStock(shop, variantId, 100, await signIn(shop, 'staff@souk.test'));
      const acknowledged = await Promise.all(Array.from({ length: 20 }, () => buy(variantId)));
      await servers.postgres.kill();
      await servers.postgres.restart();
      for (const order of acknowledged) {
        await eventually(`${order.number} is there`, async () => {
          const { data } = await shop.ask<{ order: { number: string } | null }>(
            'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { number } }',
            { id: order.id, token: order.accessToken },
          );
          return data.order?.number === order.number;
        });
      }
      await eventually('the shop sells again', async () => (await buy(variantId)).status !== 'FAILED');
    });
  },
);
