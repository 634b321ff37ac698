import { type ServedSubgraph, serveSubgraph } from '@souk/kit/server';
import { silentLogger } from '@souk/testkit/logger';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type CarrierRequest, type FakeCarrier, startFakeCarrier } from './__fixtures__/fake-carrier.js';
import { type ShippingUnderTest, eventually, startShipping } from './__fixtures__/shipping-under-test.js';

let carrier: FakeCarrier;
let shipping: ShippingUnderTest;
let served: ServedSubgraph;
beforeAll(async () => {
  carrier = await startFakeCarrier();
  shipping = await startShipping({ carrier: { kind: 'remote', ...carrier.options } });
  served = await serveSubgraph(shipping.app, {
    host: '127.0.0.1',
    port: 0,
    secret: 'an internal secret of 32 characters or more',
    logger: silentLogger,
  });
});
afterAll(async () => {
  await served.stop();
  await shipping.stop();
  await carrier.stop();
});
beforeEach(() => carrier.behave(() => undefined));

const book = async (orderId: string): Promise<string> => {
  shipping.schedule(orderId);
  await shipping.untilTold(orderId, 'scheduled');
  const [told] = shipping.toldOf(orderId);
  return (told?.payload as { trackingNumber: string }).trackingNumber;
};
const report = (content: Record<string, unknown>, signed = {}) => carrier.report(served.url, content, signed);
const statusOf = async (orderId: string) =>
  (await shipping.shipments([orderId]))[0]?.map(({ status }) => status);
const keysOf = (path: RegExp) =>
  carrier.requests.filter((request) => path.test(request.path)).map(({ key }) => key);

test('a parcel is booked under a key and signed, and what the carrier reports is told on', async () => {
  const trackingNumber = await book('o1');
  const request = carrier.requests.findLast(({ path }) => path === '/parcels');
  expect(request).toMatchObject({
    path: '/parcels',
    key: `${String(request?.body['reference'])}:book`,
    body: { number: 'S-10042', service: 'standard', destination: { city: 'Berlin' } },
  });
  const at = '2026-12-20T08:00:00.000Z';
  const eta = '2026-12-23T12:00:00.000Z';
  const steps = [
    { kind: 'PICKED_UP', at },
    { kind: 'MOVED', at: '2026-12-21T08:00:00.000Z', eta },
    { kind: 'DELIVERED', at: '2026-12-23T09:00:00.000Z' },
  ];
  for (const step of steps) {
    expect(await report({ trackingNumber, ...step })).toEqual({ status: 200, body: { status: 'taken' } });
  }
  expect(await shipping.untilTold('o1', 'delivered')).toEqual(['scheduled', 'shipped', 'moved', 'delivered']);
  expect(shipping.toldOf('o1')[2]?.payload).toMatchObject({ place: 'Halle, DE', eta });
  const [parcels] = await shipping.shipments(['o1']);
  const parcel = parcels?.[0];
  expect(parcel).toMatchObject({ carrier: 'Fake', trackingNumber, status: 'DELIVERED', eta });
});

test('a report that is sent again, or played back, changes nothing', async () => {
  const trackingNumber = await book('again');
  await report({ trackingNumber, kind: 'PICKED_UP' });
  const moved = { id: 'the-same', trackingNumber, kind: 'MOVED' };
  expect((await report(moved)).body).toEqual({ status: 'taken' });
  expect(await report(moved)).toEqual({ status: 200, body: { status: 'known' } });
  const together = await Promise.all(
    Array.from({ length: 10 }, () => report({ id: 'racing', trackingNumber, kind: 'MOVED' })),
  );
  expect(together.filter(({ body }) => body['status'] === 'taken')).toHaveLength(1);
  await report({ trackingNumber, kind: 'DELIVERED' });
  expect(await shipping.untilTold('again', 'delivered')).toEqual([
    'scheduled',
    'shipped',
    'moved',
    'moved',
    'delivered',
  ]);
});

test('whoever is not the carrier is refused', async () => {
  const trackingNumber = await book('guarded');
  const lost = { trackingNumber, kind: 'LOST' };
  const old = new Date(Date.now() - 6 * 60_000);
  expect((await report(lost, { secret: 'some other secret of 32 characters ok' })).status).toBe(401);
  expect((await report(lost, { at: old })).status).toBe(401);
  expect((await report(lost, { body: JSON.stringify({ ...lost, kind: 'DELIVERED' }) })).status).toBe(401);
  const unsigned = await fetch(`${served.url}/webhooks/carrier`, { method: 'POST', body: '{}' });
  expect(unsigned.status).toBe(401);
  expect((await fetch(`${served.url}/webhooks/carrier`)).status).toBe(405);
  expect(await statusOf('guarded')).toEqual(['SCHEDULED']);
});

test('what is no report, or of no parcel, is told so, and taken in later', async () => {
  expect((await report({ kind: 'PICKED_UP' })).status).toBe(400);
  expect((await report({ trackingNumber: 'x', kind: 'EXPLODED' })).body).toMatchObject({
    problems: [expect.stringContaining('kind') as unknown],
  });
  const early = { id: 'early', trackingNumber: 'NOT-YET', kind: 'PICKED_UP' };
  expect((await report(early)).status).toBe(404);
  carrier.behave(({ path }) =>
    path === '/parcels'
      ? { status: 201, body: { trackingNumber: 'NOT-YET', eta: '2026-12-24T12:00:00Z' } }
      : undefined,
  );
  await book('early');
  expect((await report(early)).body).toEqual({ status: 'taken' });
  await shipping.untilTold('early', 'shipped');
  expect(
    (await report({ trackingNumber: 'NOT-YET', kind: 'MOVED', message: 'x'.repeat(70_000) })).status,
  ).toBe(413);
});

test('a carrier that fails is asked again under the same key; one that refuses is believed', async () => {
  let failures = 2;
  carrier.behave(({ path }) => (path === '/parcels' && --failures >= 0 ? { status: 503 } : undefined));
  const before = carrier.requests.length;
  await book('patient');
  const keys = carrier.requests.slice(before).map(({ key }) => key);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);

  carrier.behave(() => ({ status: 422, body: { reason: 'There is no such street.' } }));
  shipping.schedule('nowhere');
  await shipping.untilTold('nowhere', 'refused');
  expect(shipping.toldOf('nowhere')[0]?.payload).toMatchObject({ reason: 'There is no such street.' });
});

test('a parcel is held back if the carrier can, and a pick-up that is reported first wins', async () => {
  await book('held');
  shipping.command('cancel', { orderId: 'held' });
  await shipping.untilTold('held', 'cancelled');
  expect(keysOf(/\/cancel$/).at(-1)).toMatch(/:cancel$/);

  const gone = await book('gone');
  carrier.behave(({ path }) =>
    path === `/parcels/${gone}/cancel` ? { status: 409, body: { reason: 'It is on the van.' } } : undefined,
  );
  shipping.command('cancel', { orderId: 'gone' });
  await shipping.untilTold('gone', 'cancel-refused');
  expect(shipping.toldOf('gone').at(-1)?.payload).toMatchObject({ reason: 'It is on the van.' });

  const racing = await book('racing');
  carrier.behave(({ path }) => (path === `/parcels/${racing}/cancel` ? { status: 500 } : undefined));
  shipping.command('cancel', { orderId: 'racing' });
  await eventually(
    () => carrier.requests.some(({ path }) => path === `/parcels/${racing}/cancel`),
    (isAsked) => isAsked,
  );
  await report({ trackingNumber: racing, kind: 'PICKED_UP' });
  expect(await shipping.untilTold('racing', 'cancel-refused')).toEqual([
    'scheduled',
    'shipped',
    'cancel-refused',
  ]);
});

test('putting a parcel off holds up no answer about another one', async () => {
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const isOfUnheard = ({ body }: CarrierRequest): boolean => body['number'] === 'S-UNHEARD';
  carrier.behave(async (request) => {
    if (!isOfUnheard(request)) return undefined;
    await answered;
    return { status: 503 };
  });
  shipping.schedule('unheard', { number: 'S-UNHEARD' });
  await eventually(() => carrier.requests.some(isOfUnheard), Boolean);
  const other = new pg.Client({ connectionString: shipping.database.url });
  await other.connect();
  onTestFinished(() => other.end());
  await other.query('BEGIN');
  await other.query("SELECT FROM shipments WHERE order_id = 'unheard' FOR UPDATE");
  answer();
  await eventually(
    () => other.query('SELECT FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))'),
    ({ rowCount }) => rowCount !== 0,
  );
  await book('heard');
  carrier.behave(() => undefined);
  await other.query('ROLLBACK');
  await shipping.untilTold('unheard', 'scheduled');
});

test('a parcel is fetched back under a number of its own', async () => {
  const trackingNumber = await book('back');
  await report({ trackingNumber, kind: 'PICKED_UP' });
  await report({ trackingNumber, kind: 'DELIVERED' });
  shipping.command('return', { orderId: 'back', reason: 'Too small.' });
  await shipping.untilTold('back', 'return-scheduled');
  expect(carrier.requests.at(-1)).toMatchObject({ path: '/returns', body: { reason: 'Too small.' } });
  const returned = shipping.toldOf('back').at(-1)?.payload as { trackingNumber: string };
  expect(returned.trackingNumber).not.toBe(trackingNumber);
  await report({ trackingNumber: returned.trackingNumber, kind: 'DELIVERED' });
  await shipping.untilTold('back', 'returned');
  expect(await statusOf('back')).toEqual(['DELIVERED', 'DELIVERED']);
});
