import { randomUUID } from 'node:crypto';
import { ANONYMOUS, type Viewer } from '@souk/kit/auth';
import { type RecordedEvent, createInProcessTransport } from '@souk/kit/events';
import { type MongoConnection, connectMongo } from '@souk/kit/mongo';
import type { SubgraphApp } from '@souk/kit/subgraph';
import { silentLogger } from '@souk/testkit/logger';
import { type TestMongo, testMongo } from '@souk/testkit/mongo';
import type { ExecutionResult } from 'graphql';
import { type InventoryDeps, createApp, prepare } from '../index.js';
import { reservationsOf, stockItemsOf } from '../store/collections.js';
import { isUnderWay } from '../domain/reservation.js';
import { type InventoryStore, createStore } from '../store/store.js';
import { checkLedger } from './ledger.js';
import { type OrdersLog, type PeerLog, createOrdersLog, createPeerLog } from './peer-log.js';

const WATCH = `subscription ($variantIds: [ID!]!) {
  stockChanged(variantIds: $variantIds) { id stock { onHand available reserved } }
}`;

export const STAFF: Viewer = { kind: 'user', userId: 'sam', roles: ['STAFF'] };

/** One or more replicas of inventory over one database, with orders to command them. */
export interface Warehouse {
  readonly app: SubgraphApp;
  readonly orders: OrdersLog;
  readonly products: PeerLog;
  readonly server: TestMongo;
  readonly mongo: MongoConnection;
  readonly store: InventoryStore;
  stock(units: Readonly<Record<string, number>>): Promise<void>;
  run(query: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<ExecutionResult>;
  /** `[onHand, available, reserved]` of a variant. */
  unitsOf(variantId: string): Promise<number[]>;
  published(): Promise<readonly RecordedEvent[]>;
  /** The events about an order or a variant, once there are `count`. */
  answersTo(aggregateId: string, count?: number): Promise<readonly RecordedEvent[]>;
  /** Moves the clock of every replica. */
  pass(ms: number): void;
  /** Starts watching variants at a replica: what `stockChanged` pushes. */
  watch(
    variantIds: readonly string[],
    options?: { readonly replica?: number },
  ): Promise<AsyncIterableIterator<ExecutionResult, undefined>>;
  /**
   * Fails unless every variant's `reserved` is what the reservations at rest add up to, and unless every recorded
   * change is what its movements add up to.
   */
  audit(): Promise<void>;
  close(): Promise<void>;
}

/** @example const warehouse = await openWarehouse(); await warehouse.stock({ v1: 5 }); warehouse.orders.reserve('o1', ['v1', 1]); */
export async function openWarehouse({ replicas = 1, reservationMs = 60_000 } = {}): Promise<Warehouse> {
  const server = await testMongo('inventory');
  const orders = createOrdersLog();
  const products = createPeerLog('products');
  let passedMs = 0;
  const clock = (): Date => new Date(Date.now() + passedMs);
  const deps = (): InventoryDeps => {
    const events = createInProcessTransport({ logger: silentLogger, maxBackoffMs: 100 });
    events.attach('orders', orders);
    events.attach('products', products);
    const ports = { mongo: server, events, logger: silentLogger, clock, newId: randomUUID };
    return { ...ports, reservationMs, expiryPollMs: 20, eventPollMs: 50 };
  };
  await prepare(deps());
  const apps = await Promise.all(Array.from({ length: replicas }, () => createApp(deps())));
  const [app] = apps;
  if (!app) throw new Error('A warehouse needs at least one replica.');
  await Promise.all(apps.map((each) => each.start()));
  const mongo = await connectMongo({ ...server, logger: silentLogger });
  const store = createStore(mongo.database);
  const published = async () => (await app.events?.read(0, 100_000)) ?? [];

  return {
    app,
    orders,
    products,
    server,
    mongo,
    store,
    async stock(units) {
      const items = Object.entries(units).map(([variantId, count]) => ({ variantId, units: count }));
      await store.items.addMissing(items, new Date());
    },
    run: (query, variables = {}, viewer = ANONYMOUS) =>
      app.execute({ query, variables, context: { viewer, requestId: 'test' } }),
    async unitsOf(variantId) {
      const [item] = await store.items.find([variantId]);
      return item ? [item.onHand, item.available, item.reserved] : [];
    },
    published,
    answersTo: (aggregateId, count = 1) =>
      waitFor(async () => {
        const answers = (await published()).filter((event) => event.aggregateId === aggregateId);
        return answers.length >= count ? answers : undefined;
      }, `${count} answers to ${aggregateId}`),
    pass: (ms) => void (passedMs += ms),
    async watch(variantIds, { replica = 0 } = {}) {
      const stream = await apps[replica]?.subscribe({
        query: WATCH,
        variables: { variantIds },
        context: { viewer: ANONYMOUS, requestId: 'test' },
      });
      if (!stream || !(Symbol.asyncIterator in stream))
        throw new Error(`No stream: ${JSON.stringify(stream)}`);
      // A subscription's stream is an iterator too: graphql-js makes it so.
      return stream[Symbol.asyncIterator]() as AsyncIterableIterator<ExecutionResult, undefined>;
    },
    async audit() {
      const reserved = new Map<string, number>();
      for (const { state, lines } of await reservationsOf(mongo.database).find({}).toArray()) {
        if (isUnderWay({ state })) throw new Error(`Still ${state}.`);
        if (state !== 'reserved') continue;
        for (const { variantId, quantity } of lines)
          reserved.set(variantId, (reserved.get(variantId) ?? 0) + quantity);
      }
      for (const item of await stockItemsOf(mongo.database).find({}).toArray()) {
        const expected = reserved.get(item._id) ?? 0;
        const balanced = item.onHand === item.available + item.reserved && item.available >= 0;
        if (!balanced || item.reserved !== expected) {
          throw new Error(
            `${item._id} does not balance: ${JSON.stringify(item)}, expected ${expected} reserved.`,
          );
        }
      }
      checkLedger(await published());
    },
    async close() {
      await Promise.all(apps.map((each) => each.stop()));
      await mongo.close();
      await server.stop();
    },
  };
}

/** Asks until there is an answer. */
export async function waitFor<T>(
  ask: () => Promise<T | undefined>,
  what: string,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
