import { serveSubgraph } from '@souk/kit/server';
import type { GatewayDeps } from '../app.js';
import { httpTransport, type HttpTransportOptions } from '../transport/http.js';
import { type FaultyLink, openFaultyLink } from './faulty-link.js';
import { type RunningGateway, startGateway } from './start-gateway.js';
import { createTinyShop, silent, type TinyShop } from './tiny-shop.js';

/** The tiny shop over HTTP, each subgraph behind a link that misbehaves on demand, and a gateway in front. */
export interface FaultyShop extends RunningGateway {
  readonly shop: TinyShop;
  readonly links: Readonly<Record<'products' | 'inventory' | 'reviews', FaultyLink>>;
}

export interface FaultyShopOptions {
  /** @default time limits that a machine with other things to do keeps, and answers of at most 1 MB */
  readonly transport?: Partial<HttpTransportOptions>;
  /** @default nothing is asked again, and no breaker: each fault counts by itself */
  readonly gateway?: Partial<GatewayDeps>;
}

export async function startFaultyShop({ transport, gateway }: FaultyShopOptions = {}): Promise<FaultyShop> {
  const secret = 'a-secret-of-thirty-two-characters-or-more';
  const shop = createTinyShop();
  const served = await Promise.all(
    shop.apps.map((app) =>
      serveSubgraph(app, { host: '127.0.0.1', port: 0, secret, logger: silent, drainMs: 200 }),
    ),
  );
  const [products, inventory, reviews] = await Promise.all(served.map(({ port }) => openFaultyLink(port)));
  if (!products || !inventory || !reviews) throw new Error('The tiny shop has three subgraphs.');
  const links = { products, inventory, reviews };
  const running = await startGateway(shop.apps, {
    transports: ({ name }) =>
      httpTransport({
        name,
        // The tiny shop's subgraphs, by their names.
        url: links[name as keyof typeof links].url,
        secret,
        timeoutMs: 60_000,
        answerLimit: 1_000_000,
        ...transport,
      }),
    options: { resilience: { retry: false, breaker: false } },
    ...gateway,
  });
  return {
    ...running,
    shop,
    links,
    async stop() {
      await running.stop();
      await Promise.all(Object.values(links).map((link) => link.stop()));
      await Promise.all(served.map((subgraph) => subgraph.stop()));
    },
  };
}
