import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePorts, isFree } from './free-ports.js';

it('finds different ports that can be listened on and that no system gives away by itself', async () => {
  const ports = await freePorts(20);
  expect(new Set(ports).size).toBe(20);
  for (const port of ports) {
    expect(port).toBeLessThan(32_768);
    expect(await isFree(port)).toBe(true);
  }
});

it('gives no port twice, however many ask at once', async () => {
  const all = await Promise.all(Array.from({ length: 40 }, () => freePorts(20)));
  expect(new Set(all.flat()).size).toBe(800);
});

it('knows a port that is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  expect(await isFree(port)).toBe(false);
  server.close();
});
