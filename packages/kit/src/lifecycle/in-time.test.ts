import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { inTime, sleep } from './index.js';

/** Work that ends only when it is called off. */
const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    if (signal.aborted) reject(signal.reason as Error);
  });

test('work that is done in time gives what it gives, or fails as it fails', async () => {
  const stopping = new AbortController();
  expect(await inTime(60_000, stopping.signal, async () => 7)).toBe(7);
  await expect(inTime(60_000, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('work is called off when time is up', async () => {
  await expect(inTime(20, undefined, endless)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('work is called off with the reason of whoever wants it to end, also of one who did before', async () => {
  const stopping = new AbortController();
  const working = inTime(60_000, stopping.signal, endless);
  stopping.abort(new Error('the shop closes'));
  await expect(working).rejects.toThrow('the shop closes');
  await expect(inTime(60_000, stopping.signal, endless)).rejects.toThrow('the shop closes');
});

test('a request whose answer never comes ends in time, whatever the garbage collector takes', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const stopping = new AbortController();
    const asking = inTime(400, stopping.signal, (signal) => fetch(url, { signal }));
    const failing = expect(asking).rejects.toMatchObject({ name: 'TimeoutError' });
    for (let round = 0; round < 3; round += 1) {
      await sleep(50);
      collect();
    }
    await failing;
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
