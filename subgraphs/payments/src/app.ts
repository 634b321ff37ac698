import { readFileSync } from 'node:fs';
import type { EventTransport } from '@souk/kit/events';
import { batchById } from '@souk/kit/graphql';
import type { Logger } from '@souk/kit/log';
import { createPostgresEventLog } from '@souk/kit/postgres';
import { type SubgraphApp, createSubgraph } from '@souk/kit/subgraph';
import { startAskingProvider } from './events/ask-provider.js';
import { consumeCommands } from './events/consume-commands.js';
import type { PaymentProvider } from './provider/payment-provider.js';
import { sandboxProvider } from './provider/sandbox.js';
import type { Context } from './resolvers/context.js';
import { resolvers } from './resolvers/index.js';
import { openDatabase } from './store/database.js';
import { paymentsOfOrders } from './store/payments.js';

/** What the subgraph is given. */
export interface PaymentsDeps {
  readonly databaseUrl: string;
  readonly events: EventTransport;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Whoever moves the money. @default the sandbox */
  readonly provider?: PaymentProvider;
  /** Pause between two looks for work without a wake-up, in milliseconds. @default 500 */
  readonly pollMs?: number;
}

const sdl = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

/** @example const app = await createApp(deps); await app.start(); */
export async function createApp(deps: PaymentsDeps): Promise<SubgraphApp> {
  const { databaseUrl: url, events, clock, newId, provider = sandboxProvider } = deps;
  const logger = deps.logger.child({ subgraph: 'payments' });
  const database = openDatabase({ url, logger });
  const { pool } = database;
  const log = createPostgresEventLog({ pool, url, source: 'payments', logger });
  const running: { stop(): Promise<void> }[] = [];

  return createSubgraph<Context>({
    name: 'payments',
    sdl,
    resolvers,
    logger,
    events: log,
    createContext: (request) => ({
      ...request,
      payments: batchById(
        (ids) => paymentsOfOrders(database, ids),
        (payment) => payment.orderId,
      ),
    }),
    async start() {
      if (running.length > 0) return;
      await log.start();
      running.push(log);
      events.attach('payments', log);
      const asking = startAskingProvider({
        database,
        provider,
        clock,
        newId,
        logger,
        everyMs: deps.pollMs ?? 500,
      });
      running.push(asking);
      running.push(consumeCommands(events, { database, clock, newId, logger, onCommands: asking.wake }));
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
