import { createPool, type Pool } from '@souk/kit/postgres';
import { silentLogger } from '@souk/testkit/logger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ShippingUnderTest, startShipping } from './__fixtures__/shipping-under-test.js';
import { reportPruning, scanPruning } from './store/pruning.js';

const DAY = 24 * 3_600_000;
let shipping: ShippingUnderTest;
let pool: Pool;
beforeAll(async () => {
  shipping = await startShipping();
  pool = createPool({ url: shipping.database.url, logger: silentLogger });
});
afterAll(async () => {
  await pool.end();
  await shipping.stop();
});

const inDays = (days: number) => () => new Date(Date.now() + days * DAY);
const scansOf = async (orderId: string) =>
  (await pool.query('SELECT FROM simulated_scans WHERE order_id = $1', [orderId])).rowCount;

test('the carrier forgets parcels that have arrived, a month later, and none that is on its way', async () => {
  shipping.schedule('arrived');
  await shipping.untilTold('arrived', 'scheduled');
  shipping.time.offsetMs = 120_000;
  await shipping.untilTold('arrived', 'delivered');
  shipping.schedule('waiting');
  await shipping.untilTold('waiting', 'scheduled');
  const [before] = await shipping.shipments(['arrived']);

  expect(await scanPruning(pool, inDays(29)).prune(1_000)).toBe(0);
  const scans = (await scansOf('arrived')) ?? 0;
  expect(await scanPruning(pool, inDays(31)).prune(2)).toBe(2);
  expect(await scanPruning(pool, inDays(31)).prune(1_000)).toBe(scans - 2);
  expect([await scansOf('arrived'), await scansOf('waiting')]).toEqual([0, scans]);

  // Nothing of it happens again, whoever asks again, and shoppers see what they saw.
  shipping.schedule('arrived');
  shipping.command('cancel', { orderId: 'arrived' });
  shipping.schedule('later');
  await shipping.untilTold('later', 'scheduled');
  expect(await scansOf('arrived')).toBe(0);
  expect(shipping.typesOf('arrived').filter((type) => type === 'delivered')).toHaveLength(1);
  expect(await shipping.shipments(['arrived'])).toEqual([before]);
});

test('reports of carriers are forgotten when they cannot come again', async () => {
  await pool.query(`INSERT INTO events.inbox (consumer, event_id, received_at)
    VALUES ('carrier-reports', 'old', now() - interval '91 days'), ('carrier-reports', 'young', now())`);
  expect(await reportPruning(pool, inDays(0)).prune(1_000)).toBe(1);
  const { rows } = await pool.query("SELECT event_id FROM events.inbox WHERE consumer = 'carrier-reports'");
  expect(rows).toEqual([{ event_id: 'young' }]);
});
