import { Agent, request } from 'node:http';
import { expect, it } from 'vitest';
import { openSocket, until } from './__fixtures__/socket-client.js';
import { startGateway } from './__fixtures__/start-gateway.js';
import { createTinyShop } from './__fixtures__/tiny-shop.js';

it('finishes what is in flight, tells sockets to go, and refuses newcomers', async () => {
  const shop = createTinyShop();
  const running = await startGateway(shop.apps);
  const client = await openSocket(running.port);
  await client.next();
  client.subscribe('1', 'subscription { priceChanged { id } }');
  await until(() => shop.priceChanges.open === 1);
  const slow = running.ask('{ slow }');
  await until(() => shop.finishSlow !== undefined);

  const stopped = running.stop();
  expect((await client.closed).code).toBe(1001);
  await until(() => shop.priceChanges.open === 0);
  await expect(fetch(`${running.url}/health`)).rejects.toThrow();
  shop.finishSlow?.();
  expect((await slow).data).toEqual({ slow: 'done' });
  await stopped;
  await running.gateway.stop();
});

it('does not wait for idle kept-alive connections', async () => {
  const running = await startGateway(createTinyShop().apps);
  const agent = new Agent({ keepAlive: true });
  await new Promise<void>((resolve, reject) => {
    request(`${running.url}/health`, { agent }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
  await running.stop();
  agent.destroy();
});

it('cuts what does not end in time', async () => {
  const shop = createTinyShop();
  const running = await startGateway(shop.apps, { options: { server: { drainMs: 100 } } });
  const slow = running.ask('{ slow }');
  const outcome = slow.then(
    () => 'answered',
    () => 'cut',
  );
  await until(() => shop.finishSlow !== undefined);
  await running.stop();
  expect(await outcome).toBe('cut');
});
