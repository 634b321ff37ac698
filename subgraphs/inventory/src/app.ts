import { readFileSync } from 'node:fs';
import type { EventTransport } from '@souk/kit/events';
import { startPruning } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { connectMongo, createMongoEventLog } from '@souk/kit/mongo';
import { type SubgraphApp, createSubgraph } from '@souk/kit/subgraph';
import { type ExpiryDeps, startExpiry } from './commands/let-go-expired.js';
import { createStockWatch } from './events/stock-watch.js';
import { newVariants, orderCommands } from './events/subscriptions.js';
import { createContext } from './resolvers/context.js';
import { resolvers } from './resolvers/index.js';
import { CARRIERS } from './store/collections.js';
import { adjustmentPruning, reservationPruning } from './store/pruning.js';
import { createStore } from './store/store.js';

/** What the inventory subgraph needs from outside. */
export interface InventoryDeps {
  /** Its own database on a MongoDB server, made ready by {@link prepare}. */
  readonly mongo: { readonly url: string; readonly database: string };
  readonly events: EventTransport;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Makes ids that are unique everywhere. */
  readonly newId: () => string;
  /** How long units are held for an order that neither goes on nor is called off, in milliseconds. @default 1_800_000 */
  readonly reservationMs?: number;
  /** Pause between two looks for reservations whose time is over, in milliseconds. @default 1_000 */
  readonly expiryPollMs?: number;
  /** Longest time until events of another replica are seen here, in milliseconds. @default 500 */
  readonly eventPollMs?: number;
}

/** Long enough for a payment that asks for more, short enough for the next buyer. */
const RESERVATION_MS = 30 * 60_000;

const NAME = 'inventory';
const sdl = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

/** @example const app = await createApp({ mongo, events, logger, clock: () => new Date(), newId: randomUUID }); */
export async function createApp(deps: InventoryDeps): Promise<SubgraphApp> {
  const { clock, newId } = deps;
  const logger = deps.logger.child({ subgraph: NAME });
  const mongo = await connectMongo({ ...deps.mongo, logger });
  const { database } = mongo;
  const log = createMongoEventLog({
    database,
    source: NAME,
    collections: CARRIERS,
    logger,
    ...(deps.eventPollMs === undefined ? {} : { pollMs: deps.eventPollMs }),
  });
  const commandDeps: ExpiryDeps = {
    store: createStore(database),
    clock,
    newId,
    logger,
    keepMs: deps.reservationMs ?? RESERVATION_MS,
    onPublished: () => log.hint(),
  };
  const watch = createStockWatch({ log, logger });
  const consuming = { database, consumer: NAME, logger };
  const subscriptions = [orderCommands(consuming, commandDeps), newVariants(consuming, commandDeps)];
  let running: { stop(): Promise<void> }[] = [];

  return createSubgraph({
    name: NAME,
    sdl,
    resolvers,
    logger,
    createContext: (request) => createContext({ deps: commandDeps, watch }, request),
    events: log,
    async start() {
      await log.start();
      deps.events.attach(NAME, log);
      running = subscriptions.map((subscription) => deps.events.subscribe(subscription));
      const old = [reservationPruning(database, clock), adjustmentPruning(database, clock)];
      running.push(startExpiry(commandDeps, deps.expiryPollMs ?? 1_000), watch);
      running.push(startPruning({ tasks: old, logger }));
    },
    checkReady: () => mongo.ping(),
    async stop() {
      await Promise.all(running.map((consumer) => consumer.stop()));
      await log.stop();
      await mongo.close();
    },
  });
}
