import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { atOnce } from './at-once.mjs';
import { fillCarts, orderInput } from './carts.mjs';
import { every } from './catalogue.mjs';
import { CANCEL, LIVE, PLACE } from './operations.mjs';
import { openOffice } from './office.mjs';

const VARIANTS = 60;
const PLENTY = 100_000;
/** Orders have come to rest between two pushes as long apart as this. */
const QUIET_MS = 2_000;
const OPEN_MS = 180_000;

/**
 * Opens many order pages, each with its own order and its own WebSocket, lets the orders come to rest, and calls them off at a
 * steady rate. A push is measured from the instant that the order's new state names as its own (`updatedAt`, taken
 * before the transaction commits) to the arrival of the whole message.
 *
 * @returns latencies of all pushes in milliseconds, as p50, p99 and the longest
 */
export async function measureLivePages(shop, catalogue, { pages, ratePerSecond }) {
  const office = await openOffice(shop);
  const variants = every(catalogue.variants, VARIANTS);
  await office.stock(variants, PLENTY);
  const carts = await fillCarts(shop, { variants }, { count: pages, lines: 2 });
  const orders = await atOnce(carts, 8, async ({ token }) => {
    const { placeOrder } = await shop.ask(PLACE, { input: orderInput() }, { 'x-cart-token': token });
    return placeOrder.order;
  });
  const latencies = [];
  let lastPushAt = 0;
  const onPush = (order, receivedAt) => {
    lastPushAt = receivedAt;
    latencies.push(receivedAt - Date.parse(order.updatedAt));
  };
  const sockets = await atOnce(orders, 16, (order) => openPage(shop, order, onPush));
  const untilQuiet = async () => {
    for (const since = Date.now(); Date.now() - lastPushAt < QUIET_MS; await sleep(200)) {
      if (Date.now() - since > OPEN_MS) throw new Error('The order pages do not come to rest.');
    }
  };
  await untilQuiet();
  latencies.length = 0;
  const cancelling = orders.map(async ({ id, accessToken }, number) => {
    await sleep((number * 1000) / ratePerSecond);
    await shop.ask(CANCEL, { input: { orderId: id, accessToken, reason: 'Measured.' } });
  });
  await Promise.all(cancelling);
  await untilQuiet();
  for (const socket of sockets) socket.close();
  const sorted = latencies.sort((left, right) => left - right);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { pages, ratePerSecond, pushes: sorted.length, p50: at(0.5), p99: at(0.99), longest: sorted.at(-1) };
}

/** Resolves once the page shows the order's present state; later states go to `onPush`. */
async function openPage(shop, { id, accessToken }, onPush) {
  const socket = new WebSocket(`${shop.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  let isShown = false;
  await new Promise((resolve, reject) => {
    socket.on('close', (code, reason) => reject(new Error(`An order page was closed: ${code} ${reason}`)));
    socket.on('message', (bytes) => {
      const receivedAt = Date.now();
      const { type, payload } = JSON.parse(bytes.toString());
      if (type === 'connection_ack') {
        const subscribe = {
          id: '1',
          type: 'subscribe',
          payload: { query: LIVE, variables: { id, accessToken } },
        };
        socket.send(JSON.stringify(subscribe));
      } else if (type === 'ping') {
        socket.send('{"type":"pong"}');
      } else if (type === 'next' && payload.data?.orderUpdated && !payload.errors) {
        if (isShown) onPush(payload.data.orderUpdated, receivedAt);
        isShown = true;
        resolve();
      } else {
        reject(new Error(`An order page was told: ${bytes.toString().slice(0, 500)}`));
      }
    });
  });
  return socket;
}
