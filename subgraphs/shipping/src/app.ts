import { readFileSync } from 'node:fs';
import type { EventTransport } from '@souk/kit/events';
import { batchById } from '@souk/kit/graphql';
import type { Logger } from '@souk/kit/log';
import { createPostgresEventLog } from '@souk/kit/postgres';
import { type SubgraphApp, createSubgraph } from '@souk/kit/subgraph';
import DataLoader from 'dataloader';
import { startDriving } from './carrier/drive-scans.js';
import { drilled } from './carrier/drilled.js';
import { simulatedCarrier } from './carrier/simulated.js';
import { offersFor } from './domain/rates.js';
import { reportRoute } from './carrier/webhook/report-route.js';
import { type WebhookCarrierOptions, webhookCarrier } from './carrier/webhook/webhook-carrier.js';
import { startAskingCarrier } from './events/ask-carrier.js';
import { consumeCommands } from './events/consume-commands.js';
import type { Context } from './resolvers/context.js';
import { resolvers } from './resolvers/index.js';
import { openDatabase } from './store/database.js';
import { createDrills } from './store/drills.js';
import { shipmentsOfOrders, trackingOfOrders } from './store/shipments.js';

/** What the subgraph is given. */
export interface ShippingDeps {
  readonly databaseUrl: string;
  readonly events: EventTransport;
  /** What subgraphs prove things to each other with; at least 32 characters. */
  readonly internalSecret: string;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** How many times faster the simulated carrier's clock runs. @default 1 */
  readonly carrierSpeed?: number;
  /** A carrier to use instead of the simulated one. @default the simulated one */
  readonly webhookCarrier?: WebhookCarrierOptions | undefined;
  /** Lets staff make things go wrong on purpose. @default false */
  readonly drills?: boolean;
  /** Pause between two looks for work without a wake-up, in milliseconds. @default 500 */
  readonly pollMs?: number;
}

const sdl = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

/** @example const app = await createApp(deps); await app.start(); */
export async function createApp(deps: ShippingDeps): Promise<SubgraphApp> {
  const { databaseUrl: url, events, clock, newId, internalSecret, carrierSpeed = 1 } = deps;
  const logger = deps.logger.child({ subgraph: 'shipping' });
  const database = openDatabase({ url, logger });
  const { pool, transaction } = database;
  const log = createPostgresEventLog({ pool, url, source: 'shipping', logger });
  const { webhookCarrier: remote } = deps;
  const drills = deps.drills ? createDrills(pool, clock) : undefined;
  const chosen = remote
    ? webhookCarrier(remote, clock)
    : simulatedCarrier({ transaction, clock, speed: carrierSpeed });
  const carrier = drills ? drilled(chosen, drills.current) : chosen;
  const running: { stop(): Promise<void> }[] = [];

  return createSubgraph<Context>({
    name: 'shipping',
    sdl,
    resolvers,
    logger,
    events: log,
    routes: remote ? [reportRoute({ database, clock, newId, logger, secret: remote.secret })] : [],
    createContext: (request) => ({
      ...request,
      internalSecret,
      drills,
      offersFor: (enquiry) =>
        offersFor(enquiry, clock(), carrier.dayMs).map((offer) => ({ ...offer, carrier: carrier.name })),
      shipments: batchById(
        (ids) => shipmentsOfOrders(database, ids),
        (shipment) => shipment.orderId,
      ),
      tracking: new DataLoader((ids) => trackingOfOrders(database, ids)),
    }),
    async start() {
      if (running.length > 0) return;
      await log.start();
      running.push(log);
      events.attach('shipping', log);
      const surroundings = { database, clock, newId, logger, everyMs: deps.pollMs ?? 500 };
      running.push(startDriving({ ...surroundings, drillOf: drills?.current }));
      const asking = startAskingCarrier({ ...surroundings, carrier });
      running.push(asking);
      running.push(consumeCommands(events, { ...surroundings, onCommands: asking.wake }));
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
