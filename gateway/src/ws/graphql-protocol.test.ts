import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silent } from '../__fixtures__/tiny-shop.js';
import { ANONYMOUS_IDENTITY, type Identity } from '../identity/identity.js';
import { createGraphqlProtocol } from './graphql-protocol.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

const notAsked = (): never => {
  throw new Error('Nobody asks anything here.');
};

it('a client that leaves while its token is looked at leaves nothing behind that waits for the token to expire', async () => {
  let say: ((identity: Identity) => void) | undefined;
  const protocol = createGraphqlProtocol({
    engine: notAsked,
    run: notAsked,
    identify: () => new Promise((resolve) => (say = resolve)),
    logger: silent,
    trustedProxies: 0,
    initTimeoutMs: 1_000,
    maxOperations: 1,
  });
  let hear: ((text: string) => Promise<void>) | undefined;
  const closed = protocol.opened(
    {
      protocol: 'graphql-transport-ws',
      send: () => {},
      close: () => {},
      onMessage: (heard) => (hear = heard),
    },
    // All that is looked at of the request.
    { request: { headers: {} } as IncomingMessage, close: () => {}, running: new Set() },
  );
  const handled = hear?.('{"type":"connection_init","payload":{"authorization":"Bearer token"}}');
  await closed(1001, '');
  say?.({ ...ANONYMOUS_IDENTITY, expiresAt: new Date(Date.now() + 60_000) });
  await handled;
  expect(say).toBeDefined();
  expect(vi.getTimerCount()).toBe(0);
});
