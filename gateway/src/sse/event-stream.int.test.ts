import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EventStream, openEventStream } from './event-stream.js';

const HEARTBEAT_MS = 50;
const large = { data: { text: 'x'.repeat(1_000_000) } };
/** More than an operating system takes into its own buffers, which may be tens of megabytes. */
const huge = { data: { text: 'x'.repeat(100_000_000) } };

let server: Server;
let events: EventStream | undefined;
let isCut: boolean;
let client: Socket;
beforeEach(async () => {
  events = undefined;
  isCut = false;
  server = createServer((_request, response) => {
    events = openEventStream(response, [], { heartbeatMs: HEARTBEAT_MS });
    response.on('close', () => (isCut = true));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => {});
  client.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  await until(() => events !== undefined);
});
afterEach(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

it('waits with the next event for a client that reads slowly, and cuts one that reads nothing', async () => {
  client.pause();
  let written = 0;
  const writing = (async () => {
    // The operating system takes some; more than it takes waits here.
    while (!isCut) {
      await events?.next(large);
      written += 1;
    }
  })();
  await until(() => isCut);
  await writing;
  expect(written).toBeLessThan(100);
});

it('cuts a client that does not read the last event', async () => {
  client.pause();
  void events?.next(huge);
  events?.complete();
  await until(() => isCut);
});

it('stays with a client that reads, however little happens', async () => {
  let text = '';
  client.on('data', (chunk) => (text += chunk.toString()));
  await until(() => text.split(':\n\n').length > 6);
  await events?.next({ data: { still: 'here' } });
  events?.complete();
  await until(() => text.includes('event: complete'));
  expect(text).toContain('{"still":"here"}');
});
