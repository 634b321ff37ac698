import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { testMongo } from '@souk/testkit/mongo';
import { expect, test } from 'vitest';
import { createLogger } from '../log/index.js';
import { connectMongo } from './index.js';

const logger = createLogger({ level: 'silent' });

test('an address where nobody answers is an error, and soon', async () => {
  const url = 'mongodb://127.0.0.1:1';
  await expect(connectMongo({ url, database: 'x', logger, serverSelectionTimeoutMs: 300 })).rejects.toThrow(
    /Check MONGODB_URL/,
  );
});

test('a server that is only late is asked once more', async () => {
  const server = await testMongo('late');
  const { hostname, port } = new URL(server.url);
  const seen = new Set<Socket>();
  // Takes the first connection and says nothing on it; the next ones reach the server.
  const link = createServer((socket) => {
    const isFirst = seen.size === 0;
    seen.add(socket.on('error', () => {}));
    if (isFirst) return;
    const onward = connect(Number(port), hostname).on('error', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
    seen.add(onward);
  }).listen(0, '127.0.0.1');
  await once(link, 'listening');
  const url = `mongodb://127.0.0.1:${String((link.address() as AddressInfo).port)}`;
  try {
    const mongo = await connectMongo({ url, database: 'late', logger, serverSelectionTimeoutMs: 1_000 });
    await mongo.ping();
    await mongo.close();
  } finally {
    for (const socket of seen) socket.destroy();
    link.close();
    await server.stop();
  }
});
