import { ANONYMOUS } from '@souk/kit/auth';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ShippingUnderTest,
  STAFF,
  eventually,
  readerProofOf,
  startShipping,
} from './__fixtures__/shipping-under-test.js';

/** The carrier's clock stands as long as nobody turns it: parcels leave 30 seconds after they were booked. */
const LEAVES_MS = 30_000;
const ARRIVES_MS = 90_000;

let shipping: ShippingUnderTest;
beforeAll(async () => {
  shipping = await startShipping();
});
afterAll(() => shipping.stop());

const parcels = async (orderId: string) => (await shipping.shipments([orderId]))[0] ?? [];
const statusOf = async (orderId: string) => (await parcels(orderId)).map(({ status }) => status);
/** Turns the clock of everything on. */
const pass = (ms: number): void => void (shipping.time.offsetMs += ms);

describe('a parcel', () => {
  test('is scheduled, leaves, moves and arrives, all on the carrier’s clock', async () => {
    shipping.schedule('o1');
    await shipping.untilTold('o1', 'scheduled');
    const [scheduled] = shipping.toldOf('o1');
    const [parcel] = await parcels('o1');
    expect(scheduled?.payload).toEqual({
      orderId: 'o1',
      shipmentId: parcel?.id,
      carrier: 'Kestrel Parcel',
      trackingNumber: parcel?.trackingNumber,
      eta: parcel?.eta,
    });
    expect(parcel).toMatchObject({ direction: 'OUTBOUND', status: 'SCHEDULED' });
    const eta = new Date(parcel?.eta ?? '').getTime();

    pass(ARRIVES_MS);
    expect(await shipping.untilTold('o1', 'delivered')).toEqual([
      'scheduled',
      'shipped',
      'moved',
      'moved',
      'moved',
      'delivered',
    ]);
    const told = shipping.toldOf('o1');
    expect(told.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    const instants = told.slice(1).map(({ payload }) => new Date((payload as { at: string }).at).getTime());
    expect(instants).toEqual([60_000, 45_000, 24_000, 9_000, 0].map((before) => eta - before));
    expect(told[2]?.payload).toEqual({
      orderId: 'o1',
      shipmentId: parcel?.id,
      direction: 'OUTBOUND',
      at: new Date(eta - 45_000).toISOString(),
      place: 'Leipzig, DE',
      message: 'The parcel has arrived at a sorting centre.',
      eta: parcel?.eta,
    });
    const [arrived] = await parcels('o1');
    expect(arrived?.status).toBe('DELIVERED');
    expect(arrived?.events.map(({ place }) => place)).toEqual([
      'Souk',
      'Leipzig, DE',
      'Leipzig, DE',
      'Berlin, DE',
      'Berlin, DE',
      'Berlin, DE',
    ]);
    const times = arrived?.events.map(({ at }) => at) ?? [];
    expect(times).toEqual([...times].sort());
  });

  test('is held back until it has left, and not afterwards', async () => {
    shipping.schedule('held');
    await shipping.untilTold('held', 'scheduled');
    shipping.command('cancel', { orderId: 'held' }, 2);
    expect(await shipping.untilTold('held', 'cancelled')).toEqual(['scheduled', 'cancelled']);
    expect(await statusOf('held')).toEqual(['CANCELLED']);

    shipping.schedule('gone');
    await shipping.untilTold('gone', 'scheduled');
    pass(LEAVES_MS);
    await shipping.untilTold('gone', 'shipped');
    shipping.command('cancel', { orderId: 'gone' });
    expect(await shipping.untilTold('gone', 'cancel-refused')).toEqual([
      'scheduled',
      'shipped',
      'cancel-refused',
    ]);
    pass(ARRIVES_MS);
    await shipping.untilTold('gone', 'delivered');
    expect(shipping.typesOf('held')).toEqual(['scheduled', 'cancelled']);
  });

  test('that was called off before it was asked for is never sent', async () => {
    shipping.command('cancel', { orderId: 'early' });
    await shipping.untilTold('early', 'cancelled');
    shipping.schedule('early');
    shipping.schedule('after');
    await shipping.untilTold('after', 'scheduled');
    pass(ARRIVES_MS);
    await shipping.untilTold('after', 'delivered');
    expect(shipping.typesOf('early')).toEqual(['cancelled']);
    expect(await parcels('early')).toEqual([]);
  });

  test('is sent once, however often it is asked for', async () => {
    shipping.schedule('again', {}, 3);
    shipping.schedule('again');
    await shipping.untilTold('again', 'scheduled');
    shipping.schedule('again', { optionId: 'express' });
    pass(ARRIVES_MS);
    await shipping.untilTold('again', 'delivered');
    expect(shipping.typesOf('again').filter((type) => type !== 'moved')).toEqual([
      'scheduled',
      'shipped',
      'delivered',
    ]);
  });

  test('comes back when that is asked for, even before it has arrived', async () => {
    shipping.schedule('back');
    await shipping.untilTold('back', 'scheduled');
    shipping.command('return', { orderId: 'back', reason: 'Too small.' });
    pass(ARRIVES_MS);
    await shipping.untilTold('back', 'return-scheduled');
    const returned = shipping.toldOf('back').find(({ type }) => type === 'shipment.return-scheduled');
    const [, way] = await parcels('back');
    expect(way).toMatchObject({ direction: 'RETURN', status: 'SCHEDULED' });
    expect(returned?.payload).toMatchObject({ trackingNumber: way?.trackingNumber });
    pass(ARRIVES_MS);
    await shipping.untilTold('back', 'returned');
    expect(await statusOf('back')).toEqual(['DELIVERED', 'DELIVERED']);
    const [there, back] = await parcels('back');
    expect([there?.events.length, back?.events.length]).toEqual([6, 6]);
    expect(back?.events.at(-1)).toMatchObject({
      place: 'Leipzig, DE',
      message: 'The parcel is back with us.',
    });
  });

  test('is advanced by staff, also before it has a label, and the carrier’s late scans change nothing', async () => {
    shipping.command('advance', { orderId: 'by-hand', to: 'SHIPPED' });
    shipping.schedule('by-hand');
    expect(await shipping.untilTold('by-hand', 'shipped')).toEqual(['scheduled', 'shipped']);
    shipping.command('advance', { orderId: 'by-hand', to: 'DELIVERED' });
    expect(await shipping.untilTold('by-hand', 'delivered')).toEqual(['scheduled', 'shipped', 'delivered']);
    shipping.schedule('other');
    await shipping.untilTold('other', 'scheduled');
    pass(ARRIVES_MS);
    await shipping.untilTold('other', 'delivered');
    expect(shipping.typesOf('by-hand')).toEqual(['scheduled', 'shipped', 'delivered']);
  });

  test('is refused when there is no such service', async () => {
    shipping.schedule('odd', { optionId: 'pigeon' });
    await shipping.untilTold('odd', 'refused');
    expect(shipping.toldOf('odd')[0]?.payload).toMatchObject({
      reason: 'Kestrel Parcel has no service "pigeon".',
    });
    expect(await statusOf('odd')).toEqual(['REFUSED']);
    // Whoever undoes everything asks for this too, and has to be answered.
    shipping.command('cancel', { orderId: 'odd' });
    expect(await shipping.untilTold('odd', 'cancelled')).toEqual(['refused', 'cancelled']);
  });
});

test('a command that cannot be read harms no other', async () => {
  shipping.schedule('broken', { lines: [] });
  shipping.schedule('sound');
  await shipping.untilTold('sound', 'scheduled');
  expect(shipping.typesOf('broken')).toEqual([]);
});

test('two hundred parcels at once all arrive, each told of once', async () => {
  const ids = Array.from({ length: 200 }, (_, index) => `many-${index}`);
  for (const id of ids) shipping.schedule(id);
  await eventually(
    () => ids.filter((id) => shipping.typesOf(id).includes('scheduled')).length,
    (count) => count === 200,
  );
  pass(ARRIVES_MS);
  await eventually(
    () => ids.filter((id) => shipping.typesOf(id).includes('delivered')).length,
    (count) => count === 200,
  );
  for (const id of ids) expect(shipping.toldOf(id).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('the account that ordered, staff and whoever may read the order see its parcels, nobody else does', async () => {
  shipping.schedule('adas');
  shipping.schedule('guests', { customerId: null });
  await shipping.untilTold('adas', 'scheduled');
  await shipping.untilTold('guests', 'scheduled');
  const seenBy = async (
    viewer: Parameters<ShippingUnderTest['shipments']>[1],
    proof?: (orderId: string) => string | null,
  ) =>
    (await shipping.shipments(['adas', 'guests', 'none'], viewer, proof)).map(
      (found) => found?.length ?? null,
    );
  const ada = { kind: 'user', userId: 'ada', roles: ['CUSTOMER'] } as const;
  expect(await seenBy(STAFF)).toEqual([1, 1, 0]);
  expect(await seenBy({ kind: 'service', service: 'orders' })).toEqual([1, 1, 0]);
  expect(await seenBy(ada)).toEqual([1, null, null]);
  expect(await seenBy({ ...ada, userId: 'eve' })).toEqual([null, null, null]);
  expect(await seenBy(ANONYMOUS)).toEqual([null, null, null]);
  // Orders gives its proof to a guest with the access token; that of another order opens nothing.
  expect(await seenBy(ANONYMOUS, readerProofOf)).toEqual([1, 1, 0]);
  expect(await seenBy(ANONYMOUS, () => readerProofOf('guests'))).toEqual([null, 1, null]);
});

test('the view for checkers tells what is settled, and nothing of people', async () => {
  shipping.schedule('seen arriving');
  await shipping.untilTold('seen arriving', 'scheduled');
  pass(ARRIVES_MS);
  await shipping.untilTold('seen arriving', 'delivered');
  shipping.command('cancel', { orderId: 'seen early' });
  await shipping.untilTold('seen early', 'cancelled');
  shipping.schedule('seen held');
  shipping.schedule('seen waiting');
  for (const id of ['seen held', 'seen waiting']) await shipping.untilTold(id, 'scheduled');
  shipping.command('cancel', { orderId: 'seen held' }, 2);
  await shipping.untilTold('seen held', 'cancelled');

  const client = new pg.Client({ connectionString: shipping.database.url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(
    `SELECT * FROM audit.shipments WHERE order_id LIKE 'seen %' ORDER BY order_id`,
  );
  await client.end();
  expect(rows.map(({ order_id, status, settled }) => [order_id, status, settled])).toEqual([
    ['seen arriving', 'DELIVERED', true],
    ['seen early', 'CANCELLED', true],
    ['seen held', 'CANCELLED', true],
    ['seen waiting', 'SCHEDULED', false],
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/Ada|Lovelace|souk\.test|Analytical/);
});
