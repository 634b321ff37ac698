import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sendRaw } from '../__fixtures__/raw-socket.js';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../__fixtures__/tiny-shop.js';

let shop: TinyShop;
let running: RunningGateway;
beforeEach(async () => {
  shop = createTinyShop();
  running = await startGateway(shop.apps);
});
afterEach(() => running.stop());

const post = (query: string, more = ''): string => {
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${more}content-length: ${body.length}\r\n\r\n${body}`;
};

it('requests of one connection run one after the other, each answered in its turn', async () => {
  const answers = sendRaw(
    running.port,
    post('{ slow }') +
      post('mutation { addNote(text: "second") }') +
      post('{ notes }') +
      post('{ whoami }', 'connection: close\r\n'),
  );
  await until(() => shop.finishSlow !== undefined);
  expect((await running.ask('{ whoami }')).data).toEqual({ whoami: 'anonymous' });
  expect(shop.notes).toEqual([]);
  shop.finishSlow?.();
  expect([...(await answers).matchAll(/\{"data".*?\}\}?(?=HTTP|$)/gm)].map(String)).toEqual([
    '{"data":{"slow":"done"}}',
    '{"data":{"addNote":"second"}}',
    '{"data":{"notes":["second"]}}',
    '{"data":{"whoami":"anonymous"}}',
  ]);
});

it('a long queue is refused from some point on', async () => {
  const answers = sendRaw(running.port, post('{ slow }') + post('{ whoami }').repeat(60), 3_000);
  await until(() => shop.finishSlow !== undefined);
  shop.finishSlow?.();
  const statuses = [...(await answers).matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, code]) => code);
  expect(statuses.slice(0, 33)).toEqual(Array.from({ length: 33 }, () => '200'));
  expect(new Set(statuses.slice(33))).toEqual(new Set(['429']));
});
