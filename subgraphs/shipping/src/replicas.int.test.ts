import { afterEach, expect, test } from 'vitest';
import { type ShippingUnderTest, eventually, startShipping } from './__fixtures__/shipping-under-test.js';

const ARRIVES_MS = 90_000;
let opened: ShippingUnderTest[] = [];
afterEach(async () => {
  for (const one of opened) await one.stop();
  opened = [];
});
const open = async (...args: Parameters<typeof startShipping>): Promise<ShippingUnderTest> => {
  const shipping = await startShipping(...args);
  opened.unshift(shipping);
  return shipping;
};

test('a schedule outlives a restart', async () => {
  const shipping = await open();
  shipping.schedule('o1');
  await shipping.untilTold('o1', 'scheduled');
  const before = shipping.toldOf('o1')[0]?.payload;
  await shipping.restart();
  shipping.time.offsetMs = ARRIVES_MS;
  await shipping.untilTold('o1', 'delivered');
  const [parcels] = await shipping.shipments(['o1']);
  const parcel = parcels?.[0];
  expect(before).toMatchObject({ trackingNumber: parcel?.trackingNumber, eta: parcel?.eta });
});

test('a booking whose answer was lost is asked again, and its parcel is not seen before it is known', async () => {
  // At this speed the whole way takes a tenth of a second: it is over long before the lease is.
  const shipping = await open({ carrier: { kind: 'simulated', speed: 1_000 } });
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: shipping.database.url });
  await client.connect();
  shipping.schedule('o1');
  await shipping.untilTold('o1', 'delivered');
  // As if the process had died after the carrier had booked the parcel and before that was written down.
  await client.query(`UPDATE shipments SET status = 'REQUESTED', operation = 'BOOK', attempts = 1, carrier = NULL,
    tracking_number = NULL, eta = NULL, due_at = now() + interval '30 seconds'`);
  await client.query('UPDATE simulated_scans SET driven_at = NULL');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(shipping.typesOf('o1').filter((type) => type === 'delivered')).toHaveLength(1);
  shipping.time.offsetMs = 31_000;
  await eventually(
    () => shipping.typesOf('o1').filter((type) => type === 'delivered').length,
    (count) => count === 2,
  );
  const { rows } = await client.query<{ parcels: number }>(
    'SELECT count(DISTINCT tracking_number)::int AS parcels FROM simulated_scans',
  );
  expect(rows).toEqual([{ parcels: 1 }]);
  await client.end();
});

test('replicas share the driving: each scan is told of once', async () => {
  const first = await open();
  await open({ databaseUrl: first.database.url });
  await open({ databaseUrl: first.database.url });
  const ids = Array.from({ length: 60 }, (_, index) => `o${index}`);
  for (const id of ids) first.schedule(id);
  await eventually(
    () => ids.filter((id) => first.typesOf(id).includes('scheduled')).length,
    (count) => count === 60,
  );
  for (const { time } of opened) time.offsetMs = ARRIVES_MS;
  await eventually(
    () => ids.filter((id) => first.typesOf(id).includes('delivered')).length,
    (count) => count === 60,
  );
  for (const id of ids) {
    expect(first.toldOf(id).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(first.typesOf(id).filter((type) => type !== 'moved')).toEqual([
      'scheduled',
      'shipped',
      'delivered',
    ]);
  }
});
