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
 * Opens a port of 127.0.0.1 whose connections go to `target`. The target may be away: then connections end as if
 * asked directly.
 *
 * @example const proxy = await openTcpProxy({ host: '127.0.0.1', port: 5432 }); proxy.setWeather({ kind: 'cut' });
 */
export async function openTcpProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<TcpProxy> {
  let weather: Weather = CALM;
  let isUsed = false;
  const pairs = new Set<{ cut(): void; onWeather(): void }>();

  const join = (client: Socket): void => {
    isUsed = true;
    if (weather.kind === 'cut') return void client.resetAndDestroy();
    const server = connect({ ...target, noDelay: true, allowHalfOpen: true });
    const there = createCourier(client, server, { loses: () => false, weather: () => weather });
    const back = createCourier(server, client, {
      loses: () => weather.kind === 'half-open',
      weather: () => weather,
    });
    const pair = {
      cut(): void {
        pairs.delete(pair);
        client.resetAndDestroy();
        server.resetAndDestroy();
      },
      onWeather(): void {
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

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, join);
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', resolve);
  });
  // A listening TCP server has an address object.
  const { port } = listener.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    port,
    setWeather(next) {
      weather = next;
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
