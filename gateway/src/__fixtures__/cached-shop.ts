import { AppError } from '@souk/kit/errors';
import { createSubgraph, type RequestContext, type SubgraphApp } from '@souk/kit/subgraph';
import type { EventLogs } from '../caching/followers.js';
import { inProcessTransport } from '../transport/in-process.js';
import type { SubgraphTransport } from '../transport/subgraph-transport.js';
import { createMemoryEventLog, type MemoryEventLog } from './memory-event-log.js';
import { silent } from './tiny-shop.js';

/** What a subgraph writes to use the caching directives. */
export const CACHING_LINK = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@composeDirective"])
    @link(url: "https://specs.souk.example/caching/v1.0", import: ["@cacheControl", "@changedBy"])
    @composeDirective(name: "@cacheControl")
    @composeDirective(name: "@changedBy")
  directive @cacheControl(maxAge: Int, scope: caching__Scope, inheritMaxAge: Boolean, subgraph: String) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  directive @changedBy(events: [String!]!, id: String, field: String, subgraph: String) repeatable on FIELD_DEFINITION | OBJECT
  enum caching__Scope { PUBLIC PRIVATE }
`;

/** A shop whose answers may be cached, and whose subgraphs publish what changes. */
export interface CachedShop {
  readonly apps: readonly SubgraphApp[];
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  readonly logs: { readonly products: MemoryEventLog; readonly inventory: MemoryEventLog };
  readonly eventLogs: EventLogs;
  readonly names: Map<string, string>;
  readonly stock: Map<string, number>;
  /** Questions that reached each subgraph. */
  readonly asked: { products: number; inventory: number };
  /** The representations inventory was asked for, in all. */
  readonly representations: unknown[];
  /** Inventory answers once it resolves. */
  hold: Promise<void> | undefined;
  /** What cannot be reached. */
  readonly away: Set<string>;
  /** Changes a name and tells of it. */
  rename(id: string, name: string): void;
  /** Changes a stock and tells of it. */
  restock(id: string, units: number): void;
}

export function createCachedShop(): CachedShop {
  const logs = { products: createMemoryEventLog('products'), inventory: createMemoryEventLog('inventory') };
  const names = new Map([
    ['p1', 'Lamp'],
    ['p2', 'Chair'],
    ['p3', 'Table'],
  ]);
  const stock = new Map([...names.keys()].map((id) => [id, 3]));
  const createContext = (request: RequestContext) => ({ ...request });
  const shop: CachedShop = {
    apps: [],
    transports: new Map(),
    logs,
    eventLogs: ({ name }) => (name === 'products' || name === 'inventory' ? logs[name] : undefined),
    names,
    stock,
    asked: { products: 0, inventory: 0 },
    representations: [],
    hold: undefined,
    away: new Set(),
    rename(id, name) {
      names.set(id, name);
      logs.products.publish('product.updated', { productId: id });
    },
    restock(id, units) {
      stock.set(id, units);
      logs.inventory.publish('stock.changed', { productId: id });
    },
  };
  const rolesOf = ({ viewer }: RequestContext): string =>
    viewer.kind === 'user' ? [...viewer.roles].sort().join('+') : '';
  const who = (context: RequestContext): string =>
    [
      context.viewer.kind === 'user' ? context.viewer.userId : context.viewer.kind,
      rolesOf(context),
      context.cartToken ?? '',
    ].join(' ');

  const products = createSubgraph({
    name: 'products',
    sdl: `${CACHING_LINK}
      type Query {
        products: [Product!] @cacheControl(maxAge: 60)
        product(id: ID!): Product
        seenAs: String @cacheControl(maxAge: 60)
        mine: Mine @cacheControl(maxAge: 60)
        uncached: String
      }
      type Mutation { rename(id: ID!, name: String!): Product }
      type Mine @cacheControl(scope: PRIVATE, inheritMaxAge: true) { who: String }
      type Product @key(fields: "id") @cacheControl(maxAge: 300) @changedBy(events: ["product.updated"], id: "productId") {
        id: ID!
        name: String!
        size: Size
        similar: [Product!] @cacheControl(maxAge: 300)
      }
      type Size { width: Int }`,
    resolvers: {
      Query: {
        products: () => [...names.keys()].map((id) => ({ id })),
        product: (_: unknown, { id }: { id: string }) => (names.has(id) ? { id } : null),
        seenAs: (_: unknown, _args: unknown, context: RequestContext) => rolesOf(context),
        mine: (_: unknown, _args: unknown, context: RequestContext) => ({ who: who(context) }),
        uncached: () => 'always new',
      },
      Mutation: {
        rename: (_: unknown, { id, name }: { id: string; name: string }) => {
          names.set(id, name);
          return { id };
        },
      },
      Product: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        name: ({ id }: { id: string }) => names.get(id),
        size: () => ({ width: 3 }),
        similar: () => [],
      },
    },
    logger: silent,
    createContext,
    events: logs.products,
  });
  const inventory = createSubgraph({
    name: 'inventory',
    sdl: `${CACHING_LINK}
      type Query { watched: Product @cacheControl(maxAge: 60) }
      type Product @key(fields: "id") {
        id: ID!
        stock: Int @cacheControl(maxAge: 30) @changedBy(events: ["stock.changed"], id: "productId")
        favourite: Boolean
      }`,
    resolvers: {
      Query: { watched: () => ({ id: 'p1' }) },
      Product: {
        __resolveReference: async ({ id }: { id: string }) => {
          if (id === 'broken') throw new AppError('INTERNAL', 'broken');
          return { id };
        },
        stock: ({ id }: { id: string }) => stock.get(id),
        favourite: () => true,
      },
    },
    logger: silent,
    createContext,
    events: logs.inventory,
  });
  const apps = [products, inventory];
  const counted = (app: SubgraphApp): SubgraphTransport => {
    const inner = inProcessTransport(app);
    return {
      ...inner,
      async execute(request) {
        const name = app.name === 'products' ? 'products' : 'inventory';
        shop.asked[name] += 1;
        if (shop.away.has(name)) throw new AppError('UNAVAILABLE', `The ${name} subgraph cannot be reached.`);
        const given: unknown = request.variables?.['representations'];
        if (name === 'inventory' && Array.isArray(given)) shop.representations.push(...(given as unknown[]));
        const answer = await inner.execute(request);
        if (name === 'inventory') await shop.hold;
        return answer;
      },
    };
  };
  return Object.assign(shop, {
    apps,
    transports: new Map(apps.map((app) => [app.name, counted(app)])),
  });
}
