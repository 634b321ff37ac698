import { ANONYMOUS, type Viewer } from '@souk/kit/auth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type ShippingUnderTest,
  STAFF,
  eventually,
  startShipping,
} from './__fixtures__/shipping-under-test.js';

let shipping: ShippingUnderTest;
// A carrier with no parcels of other tests: turning its clock moves them all.
beforeEach(async () => {
  shipping = await startShipping({ carrier: { kind: 'simulated', drills: true } });
});
afterEach(() => shipping.stop());

const run = (of: ShippingUnderTest, query: string, viewer: Viewer) =>
  of.app.execute({ query, context: { viewer, requestId: 'test' } });
const set = async (drill: string, of = shipping, viewer = STAFF) =>
  run(of, `mutation { setShippingDrill(input: { drill: ${drill} }) { drill errors { code } } }`, viewer);
const skip = async (seconds: number, of = shipping) =>
  run(of, `mutation { skipCarrierTime(input: { seconds: ${seconds} }) { scans errors { code } } }`, STAFF);
const booked = async (orderId: string): Promise<void> => {
  shipping.schedule(orderId);
  await shipping.untilTold(orderId, 'scheduled');
};

test('the carrier’s clock is turned on, which nobody has to wait for', async () => {
  await booked('o1');
  expect((await skip(31)).data?.['skipCarrierTime']).toEqual({ scans: 1, errors: [] });
  await shipping.untilTold('o1', 'shipped');
  expect((await skip(3_600)).data?.['skipCarrierTime']).toEqual({ scans: 4, errors: [] });
  await shipping.untilTold('o1', 'delivered');
  const instants = shipping
    .toldOf('o1')
    .slice(1)
    .map(({ payload }) => (payload as { at: string }).at);
  expect(instants).toEqual([...instants].sort());
  expect((await skip(0)).data?.['skipCarrierTime']).toEqual({
    scans: null,
    errors: [{ code: 'INVALID_INPUT' }],
  });
});

test('while the carrier is away nothing is booked and nothing moves; afterwards everything does', async () => {
  await booked('waiting');
  expect((await set('CARRIER_AWAY')).data?.['setShippingDrill']).toEqual({
    drill: 'CARRIER_AWAY',
    errors: [],
  });
  const { data } = await run(shipping, '{ shippingDrill }', STAFF);
  expect(data?.['shippingDrill']).toBe('CARRIER_AWAY');
  shipping.schedule('unheard');
  shipping.command('cancel', { orderId: 'waiting' });
  await skip(31);
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: shipping.database.url });
  await client.connect();
  await eventually(
    async () =>
      (
        await client.query<{ attempts: number }>(
          `SELECT attempts FROM audit.shipments WHERE order_id IN ('unheard', 'waiting')`,
        )
      ).rows,
    (rows) => rows.every(({ attempts }) => attempts > 1),
  );
  await client.end();
  expect([...shipping.typesOf('unheard'), ...shipping.typesOf('waiting')]).toEqual(['scheduled']);
  await set('NONE');
  await shipping.untilTold('unheard', 'scheduled');
  // What the carrier is asked for first is a race, as in life; either way it is told how it ended.
  const types = await eventually(
    () => shipping.typesOf('waiting'),
    (told) => told.includes('cancelled') || told.includes('cancel-refused'),
  );
  expect([
    ['scheduled', 'cancelled'],
    ['scheduled', 'shipped', 'cancel-refused'],
  ]).toContainEqual(types);
});

test('parcels get lost on their way, and new ones are refused', async () => {
  await booked('unlucky');
  await skip(31);
  await shipping.untilTold('unlucky', 'shipped');
  await set('LOSE_PARCELS');
  await skip(3_600);
  expect(await shipping.untilTold('unlucky', 'lost')).toEqual(['scheduled', 'shipped', 'lost']);
  await set('REFUSE_PARCELS');
  shipping.schedule('unwanted');
  expect(await shipping.untilTold('unwanted', 'refused')).toEqual(['refused']);
  await set('NONE');
  expect((await shipping.shipments(['unlucky']))[0]?.[0]?.events.at(-1)?.message).toBe(
    'The carrier has lost the parcel.',
  );
});

test('while shipping is down it answers nothing but drills, and afterwards everything goes on', async () => {
  await booked('before');
  const offered = '{ shippingOptions(country: "DE", weightGrams: 500) { id } }';
  expect((await run(shipping, offered, ANONYMOUS)).errors).toBeUndefined();
  await set('SHIPPING_DOWN');
  const refused = await run(shipping, offered, ANONYMOUS);
  expect(refused.data?.['shippingOptions']).toBeNull();
  expect(refused.errors?.[0]).toMatchObject({
    message: 'Shipping is down, because staff hold a drill. Try again once the drill has ended.',
    extensions: { code: 'UNAVAILABLE' },
  });
  await expect(shipping.shipments(['before'])).rejects.toThrow('Shipping is down');
  expect((await run(shipping, '{ shippingDrill }', STAFF)).data?.['shippingDrill']).toBe('SHIPPING_DOWN');
  shipping.schedule('meanwhile');
  await skip(3_600);
  await set('NONE');
  await shipping.untilTold('meanwhile', 'scheduled');
  expect(await shipping.untilTold('before', 'delivered')).toEqual(
    expect.arrayContaining(['scheduled', 'shipped']),
  );
});

test('what comes due after a drill was set goes by it, however busy the carrier is', async () => {
  const busy = await startShipping({ carrier: { kind: 'simulated', drills: true }, pollMs: 0 });
  try {
    for (let round = 0; round < 12; round += 1) {
      const orderId = `round-${round}`;
      busy.schedule(orderId);
      await busy.untilTold(orderId, 'scheduled');
      await skip(31, busy);
      await busy.untilTold(orderId, 'shipped');
      await set('LOSE_PARCELS', busy);
      await skip(3_600, busy);
      expect(await busy.untilTold(orderId, 'lost')).toEqual(['scheduled', 'shipped', 'lost']);
      await set('NONE', busy);
    }
  } finally {
    await busy.stop();
  }
});

test('only staff hold drills, and only where that is allowed', async () => {
  for (const viewer of [ANONYMOUS, { kind: 'user', userId: 'ada', roles: ['CUSTOMER'] } as const]) {
    const answers = [await set('NONE', shipping, viewer), await run(shipping, '{ shippingDrill }', viewer)];
    for (const { errors } of answers) {
      expect(errors?.[0]?.extensions['code']).toMatch(/UNAUTHENTICATED|FORBIDDEN/);
    }
  }
  const strict = await startShipping();
  try {
    const refused = { errors: [{ code: 'DRILLS_NOT_ALLOWED' }] };
    expect((await set('CARRIER_AWAY', strict)).data?.['setShippingDrill']).toEqual({
      drill: null,
      ...refused,
    });
    expect((await skip(60, strict)).data?.['skipCarrierTime']).toEqual({ scans: null, ...refused });
    expect((await run(strict, '{ shippingDrill }', STAFF)).data?.['shippingDrill']).toBeNull();
  } finally {
    await strict.stop();
  }
});
