import { createLogger } from '@souk/kit/log';
import { until } from '@souk/testkit/waiting';
import { expect, it } from 'vitest';
import { openSocket } from '../../__fixtures__/socket-client.js';
import { startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop } from '../../__fixtures__/tiny-shop.js';
import { createTokenMint } from '../../__fixtures__/tokens.js';

it('writes one line a request that says what and how it went, and no secret', async () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const mint = await createTokenMint();
  const running = await startGateway(createTinyShop().apps, { logger, issuers: [mint.issuer] });
  const token = await mint.sign({ sub: 'u1', roles: ['CUSTOMER'] });
  const headers = {
    authorization: `Bearer ${token}`,
    'x-cart-token': 'cart-secret',
    'x-request-id': 'request-0001',
    'graphql-client-name': 'shop',
    'graphql-client-version': '1.2.3',
  };
  await running.ask('query Stock($id: ID!) { product(id: $id) { name } secretStock }', {
    headers,
    variables: { id: 'variable-secret' },
  });
  await running.ask('{ nothing }', { headers: { authorization: 'Bearer forged-secret' } });
  const client = await openSocket(running.port, { init: headers });
  await client.next();
  client.subscribe('1', 'query Who { whoami }');
  await client.next();
  await until(() => lines.length >= 3);
  await running.stop();

  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries).toMatchObject([
    {
      msg: 'request',
      requestId: 'request-0001',
      method: 'POST',
      path: '/graphql',
      status: 200,
      operation: 'Stock',
      kind: 'query',
      viewer: 'u1',
      client: 'shop',
      clientVersion: '1.2.3',
      errors: ['UNAUTHORIZED_FIELD_OR_TYPE'],
    },
    { status: 400, code: 'BAD_USER_INPUT' },
    { msg: 'operation', via: 'WebSocket', operation: 'Who', viewer: 'u1', client: 'shop' },
  ]);
  expect(entries[0]?.['durationMs']).toEqual(expect.any(Number));
  const [sent, sentLater] = entries.map(({ bytes }) => Number(bytes));
  // Head and body of that answer alone, whatever the connection carried before.
  for (const bytes of [sent, sentLater]) {
    expect(bytes).toBeGreaterThan(200);
    expect(bytes).toBeLessThan(3_000);
  }
  expect(lines.join()).not.toMatch(new RegExp(`${token}|secret"|-secret`));
});
