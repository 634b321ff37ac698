import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answers, hangsUp, neverAnswers } from '../__fixtures__/faults.js';
import { type FaultyShop, startFaultyShop } from '../__fixtures__/faulty-shop.js';
import { openSocket, type SocketClient } from '../__fixtures__/socket-client.js';

let shop: FaultyShop;
let client: SocketClient;
beforeEach(async () => {
  shop = await startFaultyShop({ transport: { keepAliveMs: 1_000 } });
  client = await openSocket(shop.port);
  expect(await client.next()).toMatchObject({ type: 'connection_ack' });
});
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
/** The client is told that this stream is over, whose fault it is, and that it may subscribe again; and it may. */
async function isToldToSubscribeAgain(id: string): Promise<void> {
  expect(await client.next()).toMatchObject({
    id,
    type: 'error',
    payload: [{ extensions: { code: 'UNAVAILABLE', retryable: true, service: 'products' } }],
  });
  shop.links.products.fault = undefined;
  await until(() => shop.shop.priceChanges.open === 0);
  await subscribe('again');
  await hears('again', 99);
}

describe('the owner of a subscription', () => {
  it('dies in the middle: the stream ends with UNAVAILABLE, retryable; the socket stays for the others', async () => {
    await subscribe('1');
    await hears('1', 1);
    shop.links.products.cut();
    await isToldToSubscribeAgain('1');
  });

  it('freezes in the middle: the same, once it has not answered a ping', async () => {
    await subscribe('1');
    await hears('1', 1);
    // What is on its way to it, pings too, is not heard any more.
    shop.links.products.fault = neverAnswers;
    await isToldToSubscribeAgain('1');
  });

  it('is away, hangs up, or answers something else when it begins: the same at once', async () => {
    for (const fault of [hangsUp, answers('<html>', { status: '502 Bad Gateway' })]) {
      shop.links.products.fault = fault;
      client.subscribe('1', PRICES);
      await isToldToSubscribeAgain('1');
      client.send({ id: 'again', type: 'complete' });
      await until(() => shop.shop.priceChanges.open === 0);
    }
  });

  it('never answers when it begins: the same after its time limit', async () => {
    shop.links.products.fault = neverAnswers;
    client.subscribe('1', PRICES);
    await isToldToSubscribeAgain('1');
  });

  it('is given a new supergraph, and its process is replaced later: the stream goes on until the process ends', async () => {
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
