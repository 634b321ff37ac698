import { readFileSync } from 'node:fs';
import { proofOf } from '@souk/kit/auth';
import type { EventTransport } from '@souk/kit/events';
import { batchById } from '@souk/kit/graphql';
import { startPruning } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import type { Peers } from '@souk/kit/peers';
import { createPostgresEventLog, groupCommit, inboxPruning } from '@souk/kit/postgres';
import { type SubgraphApp, createSubgraph } from '@souk/kit/subgraph';
import DataLoader from 'dataloader';
import type { CommandDeps } from './commands/command-deps.js';
import { accessTokenOf } from './domain/order-access.js';
import type { OrderRecord } from './domain/order-record.js';
import { RETURN_DAYS } from './return-settings.js';
import { consumeReports } from './events/consume-reports.js';
import { driveSagas } from './events/drive-sagas.js';
import type { Context } from './resolvers/context.js';
import { resolvers } from './resolvers/index.js';
import { cartsByIds } from './store/carts.js';
import { createCatalogue } from './store/catalogue.js';
import { type OrdersDatabase, openDatabase } from './store/database.js';
import { type NewOrder, insertOrders } from './store/insert-orders.js';
import { oldCartPruning } from './store/old-carts.js';
import { createOrderChanges } from './store/order-changes.js';
import { readOrders } from './store/read-orders.js';
import { readSagaHistories } from './store/read-sagas.js';
import { createShippingRates } from './store/shipping-rates.js';

/** What the subgraph is given. */
export interface OrdersDeps {
  readonly databaseUrl: string;
  readonly events: EventTransport;
  /** Asks other subgraphs through their public graph, as the service `orders`. */
  readonly peers: Peers;
  /** Orders' access tokens are derived from it: at least 32 characters, the same on every replica. */
  readonly tokenSecret: string;
  /** What subgraphs prove things to each other with; at least 32 characters. */
  readonly internalSecret: string;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Longest wait of `placeOrder` and `cancelOrder` for an outcome, in milliseconds. @default 3_000 */
  readonly placementWaitMs?: number;
  /** Age at which an undecided order is given up, in milliseconds. @default 120_000 */
  readonly placementDeadlineMs?: number;
  /** Days after its delivery in which an order may be returned. @default 30 */
  readonly returnDays?: number;
  /** Pause between two looks for sagas whose time has come, in milliseconds. @default 1_000 */
  readonly driveEveryMs?: number;
  /** What this replica is called where a saga says who drives it; no other one is called so. @default a new id */
  readonly replica?: string;
  /** How long a replica has for the sagas that it took before another one takes them over, in milliseconds. @default 30_000 */
  readonly driveLeaseMs?: number;
}

const sdl = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

/** @example const app = await createApp(deps); await app.start(); */
export async function createApp(deps: OrdersDeps): Promise<SubgraphApp> {
  const { databaseUrl: url, events, clock, newId } = deps;
  const logger = deps.logger.child({ subgraph: 'orders' });
  const database = openDatabase({ url, logger });
  const { pool } = database;
  const log = createPostgresEventLog({ pool, url, source: 'orders', logger });
  const changes = createOrderChanges({ pool, url, logger, clock });
  const commands: CommandDeps = {
    database,
    changes,
    clock,
    newId,
    logger,
    catalogue: createCatalogue(deps.peers),
    shippingRates: createShippingRates(deps.peers),
    readOrder: batchedReads(database),
    insertOrder: groupedInserts(database, newId),
    accessTokenOf: (orderId) => accessTokenOf(orderId, deps.tokenSecret),
    readerProofOf: (orderId) => proofOf(`order-reader:${orderId}`, deps.internalSecret),
    placementWaitMs: deps.placementWaitMs ?? 3_000,
    placementDeadlineMs: deps.placementDeadlineMs ?? 120_000,
    returnDays: deps.returnDays ?? RETURN_DAYS,
  };
  const running: { stop(): Promise<void> }[] = [];

  return createSubgraph<Context>({
    name: 'orders',
    sdl,
    resolvers,
    logger,
    events: log,
    createContext: (request) => ({
      ...request,
      deps: commands,
      orders: batchById(
        (ids) => readOrders(pool, ids),
        (order) => order.id,
      ),
      sagaHistories: batchById(
        (ids) => readSagaHistories(pool, ids),
        ({ orderId }) => orderId,
      ),
      carts: batchById(
        (ids) => cartsByIds(pool, ids),
        (cart) => cart.id,
      ),
    }),
    async start() {
      if (running.length > 0) return;
      await log.start();
      running.push(log);
      await changes.start();
      running.push(changes);
      events.attach('orders', log);
      running.push(consumeReports(events, { database, clock, newId, logger }));
      const driving = {
        driver: deps.replica ?? newId(),
        everyMs: deps.driveEveryMs ?? 1_000,
        leaseMs: deps.driveLeaseMs ?? 30_000,
      };
      running.push(driveSagas({ database, clock, newId, logger, ...driving }));
      running.push(startPruning({ tasks: [inboxPruning(pool), oldCartPruning(pool, clock)], logger }));
    },
    async checkReady() {
      await pool.query('SELECT 1');
    },
    async stop() {
      for (const part of running.reverse()) await part.stop();
      await database.close();
    },
  });
}

/** Reads of different requests in the same moment share a round trip; nothing is kept. */
function batchedReads({ pool }: OrdersDatabase): CommandDeps['readOrder'] {
  const loader = new DataLoader<string, OrderRecord | null>(
    async (ids) => {
      const found = new Map((await readOrders(pool, [...new Set(ids)])).map((order) => [order.id, order]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { cache: false, maxBatchSize: 100 },
  );
  return (id) => loader.load(id);
}

function groupedInserts(database: OrdersDatabase, newId: () => string): CommandDeps['insertOrder'] {
  return groupCommit(async (orders: readonly NewOrder[]) => {
    const won = await database.transaction((sql) => insertOrders(sql, orders, newId));
    return orders.map(({ id }) => won.has(id));
  });
}
