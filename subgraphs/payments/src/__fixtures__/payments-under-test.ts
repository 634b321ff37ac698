import { randomUUID } from 'node:crypto';
import { type Viewer, proofOf } from '@souk/kit/auth';
import { type RecordedEvent, createInProcessTransport } from '@souk/kit/events';
import { createPool } from '@souk/kit/postgres';
import type { SubgraphApp } from '@souk/kit/subgraph';
import { createMemoryLog } from '@souk/testkit/events';
import { silentLogger } from '@souk/testkit/logger';
import { testPostgres } from '@souk/testkit/postgres';
import { PUBLISHED, type PublishedType } from '../events/published.js';
import { type PaymentsDeps, createApp, prepare } from '../index.js';

export { eventually } from '@souk/testkit/waiting';

export interface PaymentAnswer {
  readonly id: string;
  readonly status: string;
  readonly amount: { readonly amountMinor: number; readonly currency: string };
  readonly capturedAmount: { readonly amountMinor: number };
  readonly refundedAmount: { readonly amountMinor: number };
  readonly declineReason: string | null;
  readonly challenge: { readonly id: string; readonly url: string } | null;
  readonly refunds: readonly {
    readonly id: string;
    readonly amount: { readonly amountMinor: number };
    readonly reason: string;
    readonly status: string;
    readonly refusal: string | null;
  }[];
}

const PAYMENTS = `query ($orders: [_Any!]!) { _entities(representations: $orders) {
  ... on Order { id payment { id status amount { amountMinor currency } capturedAmount { amountMinor }
    refundedAmount { amountMinor } declineReason challenge { id url }
    refunds { id amount { amountMinor } reason status refusal } } } } }`;
const INTERNAL_SECRET = 'what services share: at least 32 characters';
/** What orders gives along for whoever may read an order. */
export const readerProofOf = (orderId: string): string => proofOf(`order-reader:${orderId}`, INTERNAL_SECRET);
export const STAFF: Viewer = { kind: 'user', userId: 'staff', roles: ['STAFF'] };

/** A whole payments subgraph over a database of its own; the test plays orders. */
export async function startPayments(overrides: Partial<PaymentsDeps> = {}) {
  const database = await testPostgres('payments');
  const pool = createPool({ url: database.url, logger: silentLogger, max: 2 });
  await prepare({ databaseUrl: database.url, logger: silentLogger });
  const orders = createMemoryLog();
  const time = { offsetMs: 0 };
  const told: RecordedEvent[] = [];
  let version = 0;
  let cursor = 0;
  const open = async (): Promise<{ app: SubgraphApp; stop(): Promise<void> }> => {
    const events = createInProcessTransport({ logger: silentLogger });
    events.attach('orders', orders);
    const listening = events.subscribe({
      consumer: 'test',
      owner: 'payments',
      types: Object.keys(PUBLISHED),
      cursor: { load: async () => cursor },
      async deliver(batch, upTo) {
        cursor = upTo;
        // What is told must be as it is described.
        for (const { type, payload } of batch) PUBLISHED[type as PublishedType].parse(payload);
        told.push(...batch);
      },
    });
    const app = await createApp({
      databaseUrl: database.url,
      events,
      logger: silentLogger,
      clock: () => new Date(Date.now() + time.offsetMs),
      newId: randomUUID,
      internalSecret: INTERNAL_SECRET,
      pollMs: 50,
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
        type,
        source: 'orders',
        aggregateId: payload.orderId,
        version,
        occurredAt: new Date().toISOString(),
        correlationId: payload.orderId,
        payload,
      };
      orders.append(...Array.from({ length: times }, () => event));
    },
    authorize(orderId: string, more: Record<string, unknown> = {}): void {
      this.command('payment.authorize-requested', {
        orderId,
        amountMinor: 1999,
        currency: 'EUR',
        paymentToken: 'tok_approve',
        customerId: 'ada',
        email: 'ada@souk.test',
        ...more,
      });
    },
    /** What others were told of an order's payment, in the order in which it happened. */
    toldOf: (orderId: string) =>
      told.filter(({ aggregateId }) => aggregateId === orderId).sort((a, b) => a.version - b.version),
    /** @throws Error for a result with errors */
    async ask<Data>(
      query: string,
      variables: Record<string, unknown> = {},
      viewer: Viewer = STAFF,
    ): Promise<Data> {
      const context = { viewer, requestId: 'test' };
      const result = await current.app.execute({ query, variables, context });
      if (result.errors) throw new Error(JSON.stringify(result.errors));
      // The caller's query decides the shape.
      return result.data as unknown as Data;
    },
    /** What a checker from outside would be told. */
    audit: async (view: string, orderId?: string): Promise<Record<string, unknown>[]> => {
      const { rows } = await pool.query<Record<string, unknown>>(`SELECT * FROM audit.${view}`);
      return rows.filter((row) => orderId === undefined || row['order_id'] === orderId);
    },
    pool,
    async payments(
      orderIds: readonly string[],
      viewer: Viewer = STAFF,
      proof: (orderId: string) => string | null = () => null,
    ): Promise<(PaymentAnswer | null)[]> {
      const orders = orderIds.map((id) => ({ __typename: 'Order', id, readerProof: proof(id) }));
      const data = await this.ask<{ _entities: { payment: PaymentAnswer | null }[] }>(
        PAYMENTS,
        { orders },
        viewer,
      );
      return data._entities.map(({ payment }) => payment);
    },
    async restart() {
      await current.stop();
      current = await open();
    },
    async stop() {
      await current.stop();
      await pool.end();
      await database.drop();
    },
  };
}
export type PaymentsUnderTest = Awaited<ReturnType<typeof startPayments>>;
