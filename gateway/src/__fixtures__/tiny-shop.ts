import { requireRole } from '@souk/kit/auth';
import { createLogger, type Logger } from '@souk/kit/log';
import { createSubgraph, type RequestContext, type SubgraphApp } from '@souk/kit/subgraph';
import { createPushSource, type PushSource } from './push-source.js';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes", "@cost"])\n`;

/** Three subgraphs, small enough to know by heart, with the switches that tests turn. */
export interface TinyShop {
  readonly apps: readonly SubgraphApp[];
  /** What every resolver of `whoami` was told about the request. */
  readonly seen: RequestContext[];
  readonly priceChanges: PushSource<{ priceChanged: { id: string; price: number } }>;
  /** What inventory does with a question. */
  inventory: 'answers' | 'throws';
  stock: number;
  /** Resolves the `slow` query; unset until it is asked. */
  finishSlow: (() => void) | undefined;
  notes: string[];
}

export const silent: Logger = createLogger({ level: 'silent' });

export function createTinyShop(logger: Logger = silent): TinyShop {
  const names: Record<string, string> = { p1: 'Lamp', p2: 'Chair' };
  const createContext = (request: RequestContext) => ({ ...request });
  const shop: TinyShop = {
    apps: [],
    seen: [],
    priceChanges: createPushSource(),
    inventory: 'answers',
    stock: 3,
    finishSlow: undefined,
    notes: [],
  };

  const products = createSubgraph({
    name: 'products',
    sdl: `${link}
      type Query { products: [Product!]! product(id: ID!): Product whoami: String slow: String notes: [String!]! @cost(weight: 2) }
      type Mutation { addNote(text: String!): String }
      type Subscription { priceChanged(above: Int = 0): Product }
      type Product @key(fields: "id") { id: ID! name: String! price: Int }`,
    resolvers: {
      Query: {
        products: () => Object.keys(names).map((id) => ({ id })),
        product: (_: unknown, { id }: { id: string }) => (names[id] ? { id } : null),
        whoami: (_: unknown, _args: unknown, context: RequestContext) => {
          shop.seen.push(context);
          return context.viewer.kind === 'user'
            ? `${context.viewer.userId} ${context.viewer.roles.join('+')}`
            : context.viewer.kind;
        },
        slow: () => new Promise((resolve) => (shop.finishSlow = () => resolve('done'))),
        notes: () => shop.notes,
      },
      Mutation: { addNote: (_: unknown, { text }: { text: string }) => (shop.notes.push(text), text) },
      Subscription: { priceChanged: { subscribe: () => shop.priceChanges.subscribe() } },
      Product: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        name: ({ id }: { id: string }) => names[id],
        price: ({ price }: { price?: number }) => price ?? 10,
      },
    },
    logger,
    createContext,
  });

  const inventory = createSubgraph({
    name: 'inventory',
    sdl: `${link}
      type Query { secretStock: Int @requiresScopes(scopes: [["STAFF"]]) }
      type Product @key(fields: "id") { id: ID! stock: Int }`,
    resolvers: {
      Query: {
        secretStock: (_: unknown, _args: unknown, { viewer }: RequestContext) => (
          requireRole(viewer, 'STAFF'),
          99
        ),
      },
      Product: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        stock: () => {
          if (shop.inventory === 'throws') throw new Error('password=hunter2 connect ECONNREFUSED');
          return shop.stock;
        },
      },
    },
    logger,
    createContext,
  });

  const reviews = createSubgraph({
    name: 'reviews',
    sdl: `${link}
      type Product @key(fields: "id") { id: ID! reviews: [Review!]! }
      type Review { stars: Int! product: Product! }`,
    resolvers: {
      Product: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        reviews: ({ id }: { id: string }) => (id === 'p1' ? [{ stars: 5, product: { id: 'p2' } }] : []),
      },
    },
    logger,
    createContext,
  });
  return Object.assign(shop, { apps: [products, inventory, reviews] });
}
