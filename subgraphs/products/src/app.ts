import { readFileSync } from 'node:fs';
import type { EventTransport } from '@souk/kit/events';
import type { Logger } from '@souk/kit/log';
import { connectMongo, createMongoEventLog } from '@souk/kit/mongo';
import { type SubgraphApp, createSubgraph } from '@souk/kit/subgraph';
import { createCategoryTree } from './domain/category.js';
import { imageRoute } from './images/image-route.js';
import { type ContextDeps, createContext } from './resolvers/context.js';
import { resolvers } from './resolvers/index.js';
import { createLiveIndex } from './search/live-index.js';
import { CARRIERS } from './store/collections.js';
import { createRecentProducts } from './store/recent-products.js';
import { rememberFor } from './store/remember-for.js';
import { createStore } from './store/store.js';

/** What the products subgraph needs from outside. */
export interface ProductsDeps {
  /** Its own database on a MongoDB server, made ready by {@link prepare}. */
  readonly mongo: { readonly url: string; readonly database: string };
  readonly events: EventTransport;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Makes ids that are unique everywhere. */
  readonly newId: () => string;
  /** Longest time until events of another replica are seen here, in milliseconds. @default 500 */
  readonly eventPollMs?: number;
}

/** No mutation changes categories. */
const CATEGORIES_MS = 10_000;

const NAME = 'products';
const sdl = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

/** @example const app = await createApp({ mongo, events, logger, clock: () => new Date(), newId: randomUUID }); */
export async function createApp(deps: ProductsDeps): Promise<SubgraphApp> {
  const { clock, newId } = deps;
  const logger = deps.logger.child({ subgraph: NAME });
  const mongo = await connectMongo({ ...deps.mongo, logger });
  const { database } = mongo;
  const store = createStore(database);
  const log = createMongoEventLog({
    database,
    source: NAME,
    collections: CARRIERS,
    logger,
    ...(deps.eventPollMs === undefined ? {} : { pollMs: deps.eventPollMs }),
  });
  const recent = createRecentProducts(store.products);
  const live = createLiveIndex({ store, log, logger, onRefreshed: recent.keep });
  const contextDeps: ContextDeps = {
    commands: {
      store,
      clock,
      newId,
      async onChanged(productId) {
        log.hint();
        await live.refresh([productId]);
      },
    },
    index: () => live.current(),
    recent,
    categories: rememberFor(CATEGORIES_MS, async () => createCategoryTree(await store.categories.all())),
  };

  return createSubgraph({
    name: NAME,
    sdl,
    resolvers,
    logger,
    createContext: (request) => createContext(contextDeps, request),
    routes: [imageRoute(store)],
    events: log,
    async start() {
      await log.start();
      deps.events.attach(NAME, log);
      await live.start();
    },
    async checkReady() {
      await mongo.ping();
      live.current();
    },
    async stop() {
      await live.stop();
      await log.stop();
      await mongo.close();
    },
  });
}
