import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Weather } from './weather.js';

/** What one direction of a connection has to know. */
export interface CourierOptions {
  readonly weather: () => Weather;
  /** True while bytes of this direction get lost. */
  readonly loses: () => boolean;
}

/** One direction of a connection. */
export interface Courier {
  /** True once bytes are missing. */
  hasLost(): boolean;
  /** The weather has changed: what was held back may go on. */
  onWeather(): void;
}

/** Bytes under way before the sender has to wait. */
const MOST_UNDER_WAY = 256 * 1024;

/** Carries bytes in their order from one socket to another, as the weather allows. */
export function createCourier(from: Socket, to: Socket, { weather, loses }: CourierOptions): Courier {
  let underWay = 0;
  let lost = false;
  let last = Promise.resolve();
  let clear = (): void => {};

  const clearing = (): Promise<void> => new Promise((resolve) => (clear = resolve));
  const carry = async (chunk: Buffer, sentAt: number): Promise<void> => {
    while (weather().kind === 'stalled' && !to.destroyed) await clearing();
    const now = weather();
    if (now.kind === 'slow') await delay(Math.max(0, sentAt + now.delayMs - performance.now()));
    if (now.kind === 'throttled') await delay((chunk.length / now.bytesPerSecond) * 1_000);
    if (loses()) lost = true;
    else if (to.writable && !to.write(chunk)) await drained(to);
    underWay -= chunk.length;
    if (underWay < MOST_UNDER_WAY) from.resume();
  };

  from.on('data', (chunk: Buffer) => {
    underWay += chunk.length;
    if (underWay >= MOST_UNDER_WAY) from.pause();
    const sentAt = performance.now();
    last = last.then(() => carry(chunk, sentAt));
  });
  // The end of what one side has to say is told after all of it.
  from.on('end', () => void last.then(() => !loses() && to.end()));
  for (const socket of [from, to]) socket.on('close', () => clear());
  return { hasLost: () => lost, onWeather: () => clear() };
}

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
