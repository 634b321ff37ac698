import { randomUUID } from 'node:crypto';
import { type Viewer, proofOf } from '@souk/kit/auth';
import { type RecordedEvent, createInProcessTransport } from '@souk/kit/events';
import type { SubgraphApp } from '@souk/kit/subgraph';
import { createMemoryLog } from '@souk/testkit/events';
import { silentLogger } from '@souk/testkit/logger';
import { testPostgres } from '@souk/testkit/postgres';
import { eventually } from '@souk/testkit/waiting';
import { PUBLISHED, type PublishedType } from '../events/published.js';
import { type ShippingDeps, createApp, prepare } from '../index.js';

export { eventually } from '@souk/testkit/waiting';

export interface ShipmentAnswer {
  readonly id: string;
  readonly direction: string;
  readonly status: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly eta: string | null;
  readonly events: readonly { readonly at: string; readonly place: string; readonly message: string }[];
}

const SHIPMENTS = `query ($orders: [_Any!]!) { _entities(representations: $orders) {
  ... on Order { id shipments { id direction status carrier trackingNumber eta events { id at place message } } } } }`;
export const STAFF: Viewer = { kind: 'user', userId: 'staff', roles: ['STAFF'] };
export const INTERNAL_SECRET = 'an internal secret of 32 characters or more';
/** What orders gives along with an order that the asker may read. */
export const readerProofOf = (orderId: string): string => proofOf(`order-reader:${orderId}`, INTERNAL_SECRET);

/** A whole shipping subgraph over a database of its own; the test plays orders. */
export async function startShipping(overrides: Partial<ShippingDeps> = {}) {
  const database = await testPostgres('shipping');
  await prepare({ databaseUrl: database.url, logger: silentLogger });
  const orders = createMemoryLog();
  const time = { offsetMs: 0 };
  const told: RecordedEvent[] = [];
  const unlike: Error[] = [];
  let version = 0;
  let cursor = 0;
  const open = async (): Promise<{ app: SubgraphApp; stop(): Promise<void> }> => {
    const events = createInProcessTransport({ logger: silentLogger });
    events.attach('orders', orders);
    const listening = events.subscribe({
      consumer: 'test',
      owner: 'shipping',
      types: Object.keys(PUBLISHED),
      cursor: { load: async () => cursor },
      async deliver(batch, upTo) {
        cursor = upTo;
        for (const { type, payload } of batch) {
          const { error } = PUBLISHED[type as PublishedType].strict().safeParse(payload);
          if (error) unlike.push(new Error(`${type} is not as published`, { cause: error }));
        }
        told.push(...batch);
      },
    });
    const app = await createApp({
      databaseUrl: database.url,
      events,
      internalSecret: INTERNAL_SECRET,
      logger: silentLogger,
      clock: () => new Date(Date.now() + time.offsetMs),
      newId: randomUUID,
      pollMs: 25,
      ...overrides,
    });
    await app.start();
    return {
      app,
      async stop() {
        await listening.stop();
        await app.stop();
      },
    };
  };
  let current = await open();
  const toldOf = (orderId: string): readonly RecordedEvent[] => {
    if (unlike[0]) throw unlike[0];
    return told.filter(({ aggregateId }) => aggregateId === orderId).sort((a, b) => a.version - b.version);
  };
  const typesOf = (orderId: string): string[] =>
    toldOf(orderId).map(({ type }) => type.replace('shipment.', ''));

  return {
    database,
    time,
    get app() {
      return current.app;
    },
    /** Sends a command as orders does, `times` over. */
    command(type: string, payload: { readonly orderId: string } & Record<string, unknown>, times = 1): void {
      version += 1;
      const event = {
        id: randomUUID(),
        type: `shipment.${type}-requested`,
        source: 'orders',
        aggregateId: payload.orderId,
        version,
        occurredAt: new Date(Date.now() + time.offsetMs).toISOString(),
        correlationId: payload.orderId,
        payload,
      };
      orders.append(...Array.from({ length: times }, () => event));
    },
    schedule(orderId: string, more: Record<string, unknown> = {}, times = 1): void {
      this.command('schedule', { orderId, ...CONSIGNMENT, ...more }, times);
    },
    /** What others were told of an order's parcel, in the order in which it happened. */
    toldOf,
    typesOf,
    /** Waits until others have been told `type` of a parcel. */
    untilTold: (orderId: string, type: string): Promise<string[]> =>
      eventually(
        () => typesOf(orderId),
        (types) => types.includes(type),
      ),
    async shipments(
      orderIds: readonly string[],
      viewer: Viewer = STAFF,
      proof: (orderId: string) => string | null = () => null,
    ): Promise<(readonly ShipmentAnswer[] | null)[]> {
      const orders = orderIds.map((id) => ({ __typename: 'Order', id, readerProof: proof(id) }));
      const result = await current.app.execute({
        query: SHIPMENTS,
        variables: { orders },
        context: { viewer, requestId: 'test' },
      });
      if (result.errors) throw new Error(JSON.stringify(result.errors));
      // The query above decides the shape.
      const data = result.data as unknown as { _entities: { shipments: ShipmentAnswer[] | null }[] };
      return data._entities.map(({ shipments }) => shipments);
    },
    async restart() {
      await current.stop();
      current = await open();
    },
    async stop() {
      await current.stop();
      await database.drop();
    },
  };
}
export type ShippingUnderTest = Awaited<ReturnType<typeof startShipping>>;

const CONSIGNMENT = {
  number: 'S-10042',
  optionId: null,
  address: {
    name: 'Ada Lovelace',
    line1: '12 Analytical Row',
    line2: null,
    city: 'Berlin',
    postalCode: '10115',
    country: 'DE',
  },
  lines: [{ variantId: 'lamp', quantity: 1 }],
  totalMinor: 1999,
  currency: 'EUR',
  email: 'ada@souk.test',
  customerId: 'ada',
};
