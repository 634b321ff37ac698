import { services } from '@souk/cli/split';
import type { GraphClient, Identity } from '../buyers/graph-client.js';
import { eventStore, movementsSince, openSagasSince, sagaLogSince, shipmentsSince } from './collect-audit.js';
import { deadLettersOfPostgres, eventsOfPostgres, readMongo } from './collect-events.js';
import { allStock, ordersSince } from './collect-orders.js';
import type { Facts, Stock } from './facts.js';
import type { Reader } from './reader.js';
import type { Diary } from './told.js';

/**
 * Reads everything that the checker wants to know: through the graph as staff, and from databases as somebody who can
 * only read.
 */
export async function collectFacts(from: {
  readonly graph: GraphClient;
  readonly staff: Identity;
  readonly reader: Reader;
  readonly mongoUrl: string;
  /** When the run began, in milliseconds since 1970. */
  readonly since: number;
  readonly stockBefore: ReadonlyMap<string, Stock>;
  readonly diary: Diary;
}): Promise<Facts> {
  const { graph, staff, reader, since, stockBefore, diary } = from;
  const onPostgres = services.filter(({ database }) => database === 'postgres').map(({ name }) => name);
  const onMongo = services.filter(({ database }) => database === 'mongo').map(({ name }) => name);
  const [orders, keys, openSagas, sagaLog, stockAfter, movements, shipments, logs, letters, mongo] =
    await Promise.all([
      ordersSince(graph, staff, since),
      keysOfOrders(reader),
      openSagasSince(reader, since),
      sagaLogSince(reader, since),
      allStock(graph, staff),
      movementsSince(reader, since),
      shipmentsSince(reader, since),
      Promise.all(onPostgres.map((service) => eventsOfPostgres(reader, service))),
      Promise.all(onPostgres.map((service) => deadLettersOfPostgres(reader, service))),
      readMongo(from.mongoUrl, onMongo),
    ]);
  return {
    told: [...diary.entries()],
    orders: orders.map((order) => ({ ...order, key: keys.get(order.id) ?? '' })),
    openSagas,
    sagaLog,
    events: [...logs.flat(), ...mongo.events],
    stockBefore,
    stockAfter,
    movements,
    shipments,
    deadLetters: [...letters.flat(), ...mongo.deadLetters],
    // Last: it has to have every event that was read before.
    eventStore: await eventStore(graph, staff, reader),
  };
}

async function keysOfOrders(reader: Reader): Promise<Map<string, string>> {
  const rows = await reader.query<{ key: string; order_id: string }>(
    'orders',
    'SELECT key, order_id FROM placements',
  );
  return new Map(rows.map(({ key, order_id }) => [order_id, key]));
}
