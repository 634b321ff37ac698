// Two subgraphs whose values are counters: which value somebody saw tells what they cannot have seen. Bundled before it
// is started, since it is made of the kit's and the gateway's sources.
import { createLogger } from '@souk/kit/log';
import { serveSubgraph } from '@souk/kit/server';
import { createSubgraph } from '@souk/kit/subgraph';
import { CACHING_LINK } from '../../src/__fixtures__/cached-shop.js';
import { createMemoryEventLog } from '../../src/__fixtures__/memory-event-log.js';
import { composeSupergraph } from '../../src/supergraph/compose.js';

export const PRODUCTS = 200;
export const PAGE = 20;
const logger = createLogger({ level: 'silent' });

/** Serves both over HTTP with their events, and composes them. */
export async function startShop(secret) {
  const logs = { products: createMemoryEventLog('products'), inventory: createMemoryEventLog('inventory') };
  const ids = Array.from({ length: PRODUCTS }, (_, index) => `p${index}`);
  /** The present value of each, and when each value was published. */
  const counters = () => new Map(ids.map((id) => [id, { value: 0, publishedAt: [0] }]));
  const values = { products: counters(), inventory: counters() };
  const product = ({ id }) => ({ id });
  const apps = [
    createSubgraph({
      name: 'products',
      sdl: `${CACHING_LINK}
        type Query {
          page(number: Int!): [Product!] @cacheControl(maxAge: 300)
          product(id: ID!): Product
        }
        type Product @key(fields: "id") @cacheControl(maxAge: 300)
          @changedBy(events: ["product.updated"], id: "productId") {
          id: ID! name: String! description: String! price: Int! edition: Int!
        }`,
      resolvers: {
        Query: {
          page: (_, { number }) => ids.slice(number * PAGE, (number + 1) * PAGE).map((id) => ({ id })),
          product: (_, given) => product(given),
        },
        Product: {
          __resolveReference: product,
          name: ({ id }) => `Product ${id}`,
          description: ({ id }) => `A few sentences about ${id}, `.repeat(4),
          price: () => 1299,
          edition: ({ id }) => values.products.get(id).value,
        },
      },
      logger,
      createContext: () => ({}),
      events: logs.products,
    }),
    createSubgraph({
      name: 'inventory',
      sdl: `${CACHING_LINK}
        type Product @key(fields: "id") {
          id: ID!
          available: Int! @cacheControl(maxAge: 300) @changedBy(events: ["stock.changed"], id: "productId")
        }`,
      resolvers: {
        Product: { __resolveReference: product, available: ({ id }) => values.inventory.get(id).value },
      },
      logger,
      createContext: () => ({}),
      events: logs.inventory,
    }),
  ];
  const served = await Promise.all(
    apps.map((app) => serveSubgraph(app, { host: '127.0.0.1', port: 0, secret, logger, drainMs: 100 })),
  );
  const { supergraphSdl } = composeSupergraph(
    apps.map(({ name, sdl }, index) => ({ name, sdl, url: `${served[index].url}/graphql` })),
  );
  return {
    supergraphSdl,
    ids,
    values,
    /** Changes a value, then tells of it; or does not, to see what would be without events. */
    change(source, id, isTold) {
      const counter = values[source].get(id);
      counter.value += 1;
      counter.publishedAt.push(performance.now());
      if (isTold)
        logs[source].publish(source === 'products' ? 'product.updated' : 'stock.changed', { productId: id });
    },
    stop: () => Promise.all(served.map((one) => one.stop())),
  };
}
