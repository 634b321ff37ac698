import { ENVELOPE_HEADER, signEnvelope } from '@souk/kit/auth';
import { serveSubgraph } from '@souk/kit/server';
import type { RequestContext } from '@souk/kit/subgraph';
import { describe, expect, it } from 'vitest';
import { createTinyShop, silent } from '../__fixtures__/tiny-shop.js';

describe('the clocks of gateway and subgraph', () => {
  it('differ by up to 30 s: no effect; by more: UNAVAILABLE, so that no client signs in again for nothing', async () => {
    const secret = 'a-secret-of-thirty-two-characters-or-more';
    const [products] = createTinyShop().apps;
    if (!products) throw new Error('The tiny shop has products.');
    const served = await serveSubgraph(products, {
      host: '127.0.0.1',
      port: 0,
      secret,
      logger: silent,
      drainMs: 100,
    });
    const context: RequestContext = { viewer: { kind: 'user', userId: 'u1', roles: [] }, requestId: 'r' };
    const askAt = async (seconds: number): Promise<unknown> => {
      const now = new Date(Date.now() + seconds * 1_000);
      const envelope = await signEnvelope(context, { audience: products.name, secret, now });
      const response = await fetch(`${served.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [ENVELOPE_HEADER]: envelope },
        body: '{"query":"{ whoami }"}',
      });
      return response.json();
    };
    for (const seconds of [-40, -25, 0, 25]) {
      expect(await askAt(seconds)).toEqual({ data: { whoami: 'u1 ' } });
    }
    for (const seconds of [-90, 60])
      expect(await askAt(seconds)).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    await served.stop();
  });
});
