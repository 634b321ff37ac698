import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from './__fixtures__/start-gateway.js';
import { openSocket } from './__fixtures__/socket-client.js';
import { createTinyShop, type TinyShop } from './__fixtures__/tiny-shop.js';

const NAMES = '{ a: product(id: "p1") { name } b: product(id: "p2") { name } }';
const FRIEND = 'https://friend.test';
let shop: TinyShop;
let running: RunningGateway;
beforeEach(async () => {
  shop = createTinyShop();
  running = await startGateway(shop.apps);
});
afterEach(() => running.stop());

const allowedOrigin = async (): Promise<string | null> => {
  const { headers } = await running.ask(NAMES, { headers: { origin: FRIEND } });
  return headers.get('access-control-allow-origin');
};

describe('options that are replaced while it serves', () => {
  it('count from the next request on, over HTTP and WebSocket, and back again', async () => {
    expect(await allowedOrigin()).toBeNull();
    await expect(openSocket(running.port, { headers: { origin: FRIEND } })).rejects.toThrow('403');
    running.gateway.configure({ cors: { origins: [FRIEND] }, limits: { maxAliases: 1 } });
    expect(await allowedOrigin()).toBe(FRIEND);
    (await openSocket(running.port, { headers: { origin: FRIEND } })).socket.terminate();
    expect((await running.ask(NAMES)).errors?.[0]?.message).toContain('limits.maxAliases');
    running.gateway.configure({});
    expect(await allowedOrigin()).toBeNull();
    expect(await running.ask(NAMES)).toMatchObject({ data: { a: { name: 'Lamp' }, b: { name: 'Chair' } } });
  });

  it('leave what runs alone, and the numbers go on', async () => {
    const slow = running.ask('{ slow }');
    await until(() => shop.finishSlow !== undefined);
    running.gateway.configure({ cost: false, resilience: false });
    running.gateway.configure({});
    shop.finishSlow?.();
    expect(await slow).toMatchObject({ status: 200, data: { slow: 'done' } });
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toMatch(/souk_gateway_operation_duration_seconds_count\{.*outcome="ok"\} 1/);
  });

  it('streams that began before are completed when the gateway stops', async () => {
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { priceChanged { name } }' }),
    });
    await until(() => shop.priceChanges.open === 1);
    running.gateway.configure({});
    shop.priceChanges.push({ priceChanged: { id: 'p1', price: 11 } });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('Lamp')) text += (await reader?.read())?.value ?? '';
    const stopped = running.stop();
    for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) text += step.value;
    await stopped;
    expect(text).toMatch(/^event: next\ndata: .*Lamp.*\n\nevent: complete\n/);
  });
});
