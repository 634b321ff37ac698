import { readFileSync } from 'node:fs';
import type { EventTransport } from '@souk/kit/events';
import { batchById } from '@souk/kit/graphql';
import { startPruning } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { createPostgresEventLog, inboxPruning } from '@souk/kit/postgres';
import { type SubgraphApp, createSubgraph } from '@souk/kit/subgraph';
import type { CommandDeps } from './commands/command-deps.js';
import { startAskingProvider } from './events/ask-provider.js';
import { consumeCommands } from './events/consume-commands.js';
import { openProvider } from './provider/open-provider.js';
import type { PaymentProvider } from './provider/payment-provider.js';
import type { ProviderSettings } from './provider/provider-settings.js';
import type { Context } from './resolvers/context.js';
import { resolvers } from './resolvers/index.js';
import { challengeRoute } from './routes/challenge-route.js';
import { webhookRoute } from './routes/webhook-route.js';
import { openDatabase } from './store/database.js';
import { paymentsOfOrders } from './store/payments.js';
import { noticePruning } from './store/provider-notices.js';

/** What the subgraph is given. */
export interface PaymentsDeps {
  readonly databaseUrl: string;
  readonly events: EventTransport;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Shared by the subgraphs, at least 32 characters: what orders proves its readers with. */
  readonly internalSecret: string;
  /** Who moves the money. @default the sandbox, without drills */
  readonly paymentProvider?: ProviderSettings;
  /** Goes between us and them: a provider of one's own, or what watches and breaks calls in tests. @default nothing */
  readonly wrapProvider?: (provider: PaymentProvider) => PaymentProvider;
  /** Pause between two looks for work without a wake-up, in milliseconds. @default 500 */
  readonly pollMs?: number;
}

const sdl = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

/** @example const app = await createApp(deps); await app.start(); */
export async function createApp(deps: PaymentsDeps): Promise<SubgraphApp> {
  const {
    databaseUrl: url,
    events,
    clock,
    newId,
    internalSecret,
    wrapProvider = (provider) => provider,
  } = deps;
  const logger = deps.logger.child({ subgraph: 'payments' });
  const database = openDatabase({ url, logger });
  const { pool } = database;
  const log = createPostgresEventLog({ pool, url, source: 'payments', logger });
  const opened = openProvider(deps.paymentProvider ?? { kind: 'sandbox' }, database, clock);
  const running: { stop(): Promise<void> }[] = [];
  let wake = (): void => {};
  const commandDeps: CommandDeps = {
    database,
    clock,
    newId,
    onWish: () => wake(),
    ledger: opened.ledger,
    drills: opened.drills,
  };
  const { webhookSecret: secret } = opened;

  return createSubgraph<Context>({
    name: 'payments',
    sdl,
    resolvers,
    logger,
    events: log,
    routes: [
      ...(opened.ledger ? [challengeRoute(commandDeps)] : []),
      ...(secret === undefined
        ? []
        : [webhookRoute({ database, clock, newId, logger, secret, onNotice: () => wake() })]),
    ],
    createContext: (request) => ({
      ...request,
      internalSecret,
      deps: commandDeps,
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
        provider: wrapProvider(opened.provider),
        clock,
        newId,
        logger,
        everyMs: deps.pollMs ?? 500,
      });
      wake = asking.wake;
      running.push(asking);
      running.push(consumeCommands(events, { database, clock, newId, logger, onCommands: asking.wake }));
      running.push(startPruning({ tasks: [inboxPruning(pool), noticePruning(pool, clock)], logger }));
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
