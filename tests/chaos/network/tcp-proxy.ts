import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { createCourier } from './courier.js';
import { CALM, type Weather } from './weather.js';

/** A TCP port that stands for another one, and may stand in its way. */
export interface TcpProxy {
  readonly port: number;
  /** From now on, for open connections and new ones. */
  setWeather(weather: Weather): void;
  /** Connections that are open now. */
  connections(): number;
  /** True once somebody has connected. */
  isUsed(): boolean;
  /** Ends every connection. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens a port of 127.0.0.1 whose connections go to another one. Of several (replicas behind one address) each connection
 * takes the next, and of those that are away another one. If all are away, connections end as if asked directly.
 *
 * @param ports of 127.0.0.1
 * @example const proxy = await openTcpProxy([5432]); proxy.setWeather({ kind: 'cut' });
 */
export async function openTcpProxy(ports: readonly number[]): Promise<TcpProxy> {
  let weather: Weather = CALM;
  let isUsed = false;
  let next = 0;
  const pairs = new Set<Pair>();

  const join = async (client: Socket): Promise<void> => {
    isUsed = true;
    if (weather.kind === 'cut') return void client.resetAndDestroy();
    const early: Pair = {
      cut: () => void client.resetAndDestroy(),
      onWeather: () => weather.kind === 'cut' && early.cut(),
    };
    pairs.add(early);
    client.on('error', () => {}); // `close` comes after it.
    next = (next + 1) % ports.length;
    const server = await firstThere([...ports.slice(next), ...ports.slice(0, next)]);
    pairs.delete(early);
    if (!server) return void client.resetAndDestroy();
    if (client.destroyed) return void server.destroy();
    connectSockets(client, server);
  };
  const connectSockets = (client: Socket, server: Socket): void => {
    const there = createCourier(client, server, { loses: () => false, weather: () => weather });
    const back = createCourier(server, client, {
      loses: () => weather.kind === 'half-open',
      weather: () => weather,
    });
    const pair: Pair = {
      cut() {
        pairs.delete(pair);
        client.resetAndDestroy();
        server.resetAndDestroy();
      },
      onWeather() {
        // A stream with a hole in it can only end.
        if (weather.kind === 'cut' || (weather.kind !== 'half-open' && back.hasLost())) return pair.cut();
        there.onWeather();
        back.onWeather();
      },
    };
    pairs.add(pair);
    for (const socket of [client, server]) {
      socket.on('error', () => pair.cut());
      socket.on('close', () => client.destroyed && server.destroyed && pairs.delete(pair));
    }
    server.on('close', (failed) => failed && client.destroy());
    client.on('close', (failed) => failed && server.destroy());
  };

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => void join(client));
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', resolve);
  });
  // A listening TCP server has an address object.
  const { port } = listener.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    port,
    setWeather(change) {
      weather = change;
      for (const pair of pairs) pair.onWeather();
    },
    connections: () => pairs.size,
    isUsed: () => isUsed,
    close: () =>
      (closing ??= new Promise((resolve) => {
        listener.close(() => resolve());
        for (const pair of pairs) pair.cut();
      })),
  };
}

/** A connection on its way through. */
interface Pair {
  cut(): void;
  onWeather(): void;
}

/** A connection to the first of the ports where somebody listens; undefined if nobody does. */
async function firstThere(ports: readonly number[]): Promise<Socket | undefined> {
  for (const port of ports) {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true });
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.on('error', () => resolve(false));
    });
    if (isThere) return socket;
  }
  return undefined;
}
