import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  adjustStock,
  fillCart,
  placeOrder,
  register,
  signIn,
  someVariants,
  watch,
} from '../support/people.js';
import { type Shop, eventually, startShop, temporaryFolder } from '../support/shop.js';

let shop: Shop;
let remove: () => Promise<void>;
beforeAll(async () => {
  const place = await temporaryFolder();
  remove = place.remove;
  // A carrier in a hurry: a parcel leaves within a second and travels for a few.
  const environment = { SOUK_CARRIER_SPEED: '100' };
  shop = await startShop({ dataDir: place.folder, mode: 'split', environment });
});
afterAll(async () => {
  expect(await shop?.stop()).toBe(0);
  await remove();
});

const LIVE = `subscription ($id: ID!) {
  orderUpdated(id: $id) {
    status version return { status } payment { status refundedAmount { amountMinor } } shipments { status }
  }
}`;
interface LiveOrder {
  orderUpdated: {
    status: string;
    version: number;
    return: { status: string } | null;
    payment: { status: string; refundedAmount: { amountMinor: number } } | null;
    shipments: { status: string }[];
  };
}
const RETURN = `mutation ($input: ReturnOrderInput!) {
  returnOrder(input: $input) { order { status return { status } } errors { code message } }
}`;
const SAGA = `query ($id: ID!) { saga(orderId: $id) { status steps { name status compensation { name status } } } }`;

it('brings an order to its door by itself, and takes it back with money and units when it is returned', async () => {
  const staff = await signIn(shop, 'staff@souk.test');
  const [variantId = ''] = await someVariants(shop, 1);
  const before = (await adjustStock(shop, variantId, 2, staff)).stock;
  const ada = await register(shop);
  const { order } = await placeOrder(shop, await fillCart(shop, variantId, 2, ada));
  const { id = '', total } = order ?? {};
  const live = watch<LiveOrder>(shop, LIVE, { id }, ada);
  const latest = () => live.pushes.at(-1)?.orderUpdated;

  // Nobody moves it: commit, capture, shipment, carrier.
  await eventually('the parcel has arrived', async () => latest()?.status === 'COMPLETE');
  expect(latest()?.payment?.status).toBe('CAPTURED');
  const { data } = await shop.ask<{ returnOrder: { order: { status: string }; errors: unknown[] } }>(
    RETURN,
    { input: { orderId: id, reason: 'Too small.' } },
    ada,
  );
  expect(data.returnOrder).toMatchObject({ order: { status: 'COMPLETE' }, errors: [] });
  await eventually('the money is back', async () => latest()?.return?.status === 'REFUNDED');
  await live.close();
  expect(live.failures).toEqual([]);
  expect(latest()).toMatchObject({
    status: 'COMPLETE',
    payment: { status: 'REFUNDED', refundedAmount: { amountMinor: total?.amountMinor } },
  });
  expect(latest()?.shipments).toHaveLength(2);
  const versions = live.pushes.map(({ orderUpdated }) => orderUpdated.version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));

  await eventually('its saga rests', async () => {
    const reply = await shop.ask<{ saga: { status: string } }>(SAGA, { id }, staff);
    return reply.data.saga.status === 'COMPENSATED';
  });
  const after = (await adjustStock(shop, variantId, 1, staff)).stock;
  expect(after?.onHand).toBe((before?.onHand ?? 0) + 1);
});
