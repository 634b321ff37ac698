import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import type { Exchange } from '@urql/vue';
import { cacheSchema } from '@/__generated__/cache-schema.js';
import { cartOptimism, cartUpdates } from '@/cart/cart-cache.js';
import { cacheKeys } from './cache-keys.js';

/** The normalised cache: one copy of every product, cart and order, whoever asked for it. */
export function graphCache(): Exchange {
  return cacheExchange({
    // Generated from the schema without what the cache does not read, which its type asks for all the same.
    schema: cacheSchema as unknown as NonNullable<NonNullable<Parameters<typeof cacheExchange>[0]>['schema']>,
    keys: cacheKeys,
    resolvers: {
      Query: {
        search: relayPagination(),
        products: relayPagination(),
        orders: relayPagination(),
        stockItems: relayPagination(),
        eventLog: relayPagination(),
      },
    },
    updates: {
      Mutation: {
        ...cartUpdates,
        saveAddress: (_result, _args, cache) => cache.invalidate('Query', 'viewer'),
      },
    },
    optimistic: cartOptimism,
  });
}
