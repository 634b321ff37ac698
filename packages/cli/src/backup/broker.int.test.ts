import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createFolderBlobs } from '@souk/kit/blobs';
import { createLocalLogs } from '@souk/kit/events';
import { createRabbitMqTransport, forgetMessages, servicesAtBroker } from '@souk/kit/events/rabbitmq';
import { createPostgresEventLog } from '@souk/kit/postgres';
import { silentLogger as logger } from '@souk/testkit/logger';
import { findRabbitMq, startRabbitMq, type TestServer } from '@souk/testkit/servers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Place, openPlace, quietSteps as steps } from './__fixtures__/place.js';
import { prepareShop, run, sell } from './__fixtures__/selling-shop.js';
import { brokerOf } from './broker.js';
import { createBackup } from './create-backup.js';
import type { StoredService } from './databases.js';
import { restoreBackup } from './restore-backup.js';

const shop: StoredService = { name: 'shop', database: 'postgres' };
const stock: StoredService = { name: 'stock', database: 'mongo' };
const services = [shop, stock];
/** A way to the broker on which nothing that names a queue arrives: it is asked, and neither answers nor refuses. */
async function stuckAtQueues(brokerUrl: string): Promise<{ readonly url: string; stop(): void }> {
  const there = new URL(brokerUrl);
  const server = createServer((client) => {
    const upstream = connect(Number(there.port), there.hostname);
    client.on('data', (bytes) => bytes.includes('souk.') || upstream.write(bytes));
    upstream.pipe(client);
    for (const socket of [client, upstream]) {
      socket.on('error', () => {}); // 'close' follows
      socket.on('close', () => [client, upstream].forEach((one) => one.destroy()));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(brokerUrl);
  // A listening TCP server has an address object.
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.href, stop: () => void server.close() };
}

const hasBroker = (await findRabbitMq()) !== undefined;

describe.skipIf(!hasBroker)('a shop with a broker (rabbitmq-server of Debian)', () => {
  let broker: TestServer;
  let here: Place;
  let there: Place;
  let folder: string;
  beforeAll(async () => {
    [broker, here, there] = await Promise.all([startRabbitMq(), openPlace(), openPlace()]);
    folder = await mkdtemp(path.join(os.tmpdir(), 'souk-backups-'));
  }, 300_000);
  afterAll(async () => {
    await Promise.all([broker.stop(), here.stop(), there.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const byBroker = () =>
    createRabbitMqTransport({
      url: broker.url,
      logs: createLocalLogs(),
      logger,
      sweepMs: 200,
      standByMs: 100,
    });
  const queues = () => ({ url: broker.url, services: services.map(({ name }) => name) });
  /** The shop sells while stock is away: its messages wait at the broker. */
  const sellToNobody = async (ids: readonly string[]): Promise<void> => {
    const transport = byBroker();
    const url = here.urlOf(shop.name);
    const pool = await here.pool(shop.name);
    const log = createPostgresEventLog({ pool, url, source: shop.name, logger });
    await log.start();
    transport.attach(shop.name, log);
    for (const id of ids) await sell(here, shop.name, id);
    const { rows } = await pool.query<{ sales: string }>('SELECT count(*) AS sales FROM sales');
    // What the broker has confirmed is what its queues have.
    const confirmed = async () => Number(await log.bookmark('rabbitmq').load());
    await expect.poll(confirmed).toBe(Number(rows[0]?.sales));
    await transport.close();
    await log.stop();
  };
  const sold = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name} ${n}`);
  const counts = async (place: Place): Promise<string[]> => {
    const items = place.collections(stock.name).collection<{ _id: string; seen: string[] }>('items');
    return [...((await items.findOne({ _id: 'lamp' }))?.seen ?? [])].sort();
  };

  test('is restored to the moment of its backup, whatever the broker holds that is younger', async () => {
    await prepareShop(here, shop.name, stock.name);
    const running = await run(here, shop.name, stock.name, byBroker());
    for (const id of sold('done', 5)) await sell(here, shop.name, id);
    await expect.poll(() => running.counted()).toBe(5);
    await expect.poll(() => servicesAtBroker(queues())).toEqual(['shop', 'stock']);

    const store = createFolderBlobs({ folder });
    const clock = (): Date => new Date();
    const restore = () =>
      restoreBackup({ store, services, servers: there.servers, amqpUrl: broker.url, steps, clock });
    const options = { store, services, servers: here.servers, secret: 'abc', steps, clock };
    await createBackup(options);
    await expect(restore()).rejects.toThrow(
      /^A shop is running at the broker 127\.0\.0\.1:\d+: shop, stock\. Nothing was changed\./,
    );
    await running.stop();

    await sellToNobody(sold('in flight', 4));
    await createBackup({ ...options, clock: () => new Date(Date.now() + 1_000) });
    await sellToNobody(sold('after the backup', 3));

    const { forgotten, repairs } = await restore();
    expect(forgotten).toBeGreaterThanOrEqual(7);
    expect(repairs).toEqual([]);

    const restored = await run(there, shop.name, stock.name, byBroker());
    await expect.poll(() => restored.counted()).toBe(9);
    for (const id of sold('new', 3)) await sell(there, shop.name, id);
    await expect.poll(() => restored.counted()).toBe(12);
    await expect.poll(() => servicesAtBroker(queues())).toEqual(['shop', 'stock']);
    await restored.stop();
    const known = [...sold('done', 5), ...sold('in flight', 4), ...sold('new', 3)];
    expect(await counts(there)).toEqual(known.sort());
    expect([await servicesAtBroker(queues()), await forgetMessages(queues())]).toEqual([[], 0]);
  });

  test('a broker that does not answer is not waited for, and the error says what to do', async () => {
    const stuck = await stuckAtQueues(broker.url);
    const asked = brokerOf(stuck.url, services, 500);
    await expect(asked.requireQuiet()).rejects.toThrow(
      /^RabbitMQ at 127\.0\.0\.1:\d+ does not do what is needed \(RabbitMQ did not look at the queue souk\.\S+ within 500 ms: .*\)\. Restart it, or point AMQP_URL at /,
    );
    await expect(asked.forget()).rejects.toThrow(/did not delete the queue souk\.\S+ within 500 ms/);
    stuck.stop();
    const away = brokerOf(stuck.url, services);
    await expect(away.requireQuiet()).rejects.toThrow(
      /^RabbitMQ at 127\.0\.0\.1:\d+ does not do what is needed \(connect ECONNREFUSED/,
    );
  });
});
