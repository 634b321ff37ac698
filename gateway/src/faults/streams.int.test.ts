import { until } from '@souk/testkit/waiting';
import { afterEach, describe, expect, it } from 'vitest';
import { answers, hangsUp, neverAnswers } from '../__fixtures__/faults.js';
import { type FaultyShop, startFaultyShop } from '../__fixtures__/faulty-shop.js';
import { openSocket, type SocketClient, type SocketMessage } from '../__fixtures__/socket-client.js';
import type { HttpTransportOptions } from '../transport/http.js';

let shop: FaultyShop;
let client: SocketClient;
/** Limits are so short that a machine that stands still for a moment exceeds them. */
let isHasty: boolean;
const start = async (limits: Partial<HttpTransportOptions> = {}): Promise<void> => {
  isHasty = Object.keys(limits).length > 0;
  shop = await startFaultyShop({ transport: { keepAliveMs: 60_000, ...limits } });
  client = await openSocket(shop.port);
  expect(await client.next()).toMatchObject({ type: 'connection_ack' });
};
afterEach(async () => {
  client.close();
  await shop.stop();
});

const PRICES = 'subscription { priceChanged { name price stock } }';
const push = (price: number): void => shop.shop.priceChanges.push({ priceChanged: { id: 'p1', price } });

async function subscribe(id: string): Promise<void> {
  client.subscribe(id, PRICES);
  await until(() => shop.shop.priceChanges.open === 1);
}
async function hears(id: string, price: number, stock: number | null = 3): Promise<void> {
  push(price);
  expect(await client.next()).toMatchObject({
    id,
    type: 'next',
    payload: { data: { priceChanged: { name: 'Lamp', price, stock } } },
  });
}
/** As `subscribe`, where the stream may be over before anybody has seen it run. */
async function subscribeInHaste(id: string): Promise<{ readonly told: Promise<SocketMessage> }> {
  let isTold = false;
  client.subscribe(id, PRICES);
  const told = client.next().finally(() => (isTold = true));
  await until(() => isTold || shop.shop.priceChanges.open === 1);
  return { told };
}
/** @returns the id of the stream that runs then */
async function subscribesAgain(id: string): Promise<string> {
  await until(() => shop.shop.priceChanges.open === 0);
  const { told } = await subscribeInHaste(id);
  push(99);
  const message = await told;
  if (isHasty && message.type === 'error') return subscribesAgain(`${id}, again`);
  expect(message).toMatchObject({ id, type: 'next', payload: { data: { priceChanged: { price: 99 } } } });
  return id;
}
/**
 * The client is told that this stream is over, whose fault it is, and that it may subscribe again; and it may.
 *
 * @returns the id of the stream that runs then
 */
async function isToldToSubscribeAgain(id: string, told = client.next()): Promise<string> {
  expect(await told).toMatchObject({
    id,
    type: 'error',
    payload: [{ extensions: { code: 'UNAVAILABLE', retryable: true, service: 'products' } }],
  });
  shop.links.products.fault = undefined;
  return subscribesAgain(`${id}, again`);
}

describe('the owner of a subscription', () => {
  it('dies in the middle: the stream ends with UNAVAILABLE, retryable; the socket stays for the others', async () => {
    await start();
    await subscribe('1');
    await hears('1', 1);
    shop.links.products.cut();
    await isToldToSubscribeAgain('1');
  });

  it('freezes in the middle: the same, once it has not answered a ping', async () => {
    await start({ keepAliveMs: 1_000 });
    const { told } = await subscribeInHaste('1');
    // What is on its way to it, pings too, is not heard any more.
    shop.links.products.fault = neverAnswers;
    await isToldToSubscribeAgain('1', told);
  });

  it('is away, hangs up, or answers something else when it begins: the same at once', async () => {
    await start();
    for (const fault of [hangsUp, answers('<html>', { status: '502 Bad Gateway' })]) {
      shop.links.products.fault = fault;
      client.subscribe('1', PRICES);
      const id = await isToldToSubscribeAgain('1');
      client.send({ id, type: 'complete' });
      await until(() => shop.shop.priceChanges.open === 0);
    }
  });

  it('never answers when it begins: the same after its time limit', async () => {
    await start({ timeoutMs: 500 });
    shop.links.products.fault = neverAnswers;
    client.subscribe('1', PRICES);
    await isToldToSubscribeAgain('1');
  });

  it('is given a new supergraph, and its process is replaced later: the stream goes on until the process ends', async () => {
    await start();
    await subscribe('1');
    await hears('1', 1);
    shop.gateway.reload(`${shop.gateway.supergraphSdl()}\n`);
    await hears('1', 2);
    shop.links.products.cut();
    await isToldToSubscribeAgain('1');
  });
});

describe('another subgraph', () => {
  it('fails while a stream runs: its fields of that event are null with an error, the stream goes on', async () => {
    await start();
    await subscribe('1');
    shop.links.inventory.fault = hangsUp;
    push(1);
    expect(await client.next()).toMatchObject({
      type: 'next',
      payload: {
        data: { priceChanged: { name: 'Lamp', price: 1, stock: null } },
        errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true, service: 'inventory' } }],
      },
    });
    shop.links.inventory.fault = undefined;
    await hears('1', 2);
  });
});
