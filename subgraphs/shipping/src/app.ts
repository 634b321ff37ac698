import { readFileSync } from 'node:fs';
import type { EventTransport } from '@souk/kit/events';
import { batchById } from '@souk/kit/graphql';
import { once, startPruning } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { createPostgresEventLog, inboxPruning } from '@souk/kit/postgres';
import { type SubgraphApp, createSubgraph } from '@souk/kit/subgraph';
import DataLoader from 'dataloader';
import type { CarrierSettings } from './carrier/carrier-settings.js';
import { startDriving } from './carrier/drive-scans.js';
import { offersFor } from './domain/rates.js';
import { openCarrier } from './carrier/open-carrier.js';
import { reportRoute } from './carrier/webhook/report-route.js';
import { startAskingCarrier } from './events/ask-carrier.js';
import { consumeCommands } from './events/consume-commands.js';
import type { Context } from './resolvers/context.js';
import { resolvers } from './resolvers/index.js';
import { openDatabase } from './store/database.js';
import { createDrills } from './store/drills.js';
import { reportPruning, scanPruning } from './store/pruning.js';
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
  /** Who brings parcels. @default the simulated carrier, at speed 1, without drills */
  readonly carrier?: CarrierSettings;
  /** Pause between two looks for work without a wake-up, in milliseconds. @default 500 */
  readonly pollMs?: number;
}

const sdl = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

/** @example const app = await createApp(deps); await app.start(); */
export async function createApp(deps: ShippingDeps): Promise<SubgraphApp> {
  const { databaseUrl: url, events, clock, newId, internalSecret } = deps;
  const logger = deps.logger.child({ subgraph: 'shipping' });
  const database = openDatabase({ url, logger });
  const { pool, transaction } = database;
  const log = createPostgresEventLog({ pool, url, source: 'shipping', logger });
  const settings: CarrierSettings = deps.carrier ?? { kind: 'simulated' };
  const drills = settings.drills ? createDrills(pool, clock) : undefined;
  const carrier = openCarrier(settings, { transaction, clock, drills });
  const running: { stop(): Promise<void> }[] = [];

  return createSubgraph<Context>({
    name: 'shipping',
    sdl,
    resolvers,
    logger,
    events: log,
    routes:
      settings.kind === 'remote'
        ? [reportRoute({ database, clock, newId, logger, secret: settings.secret })]
        : [],
    createContext: (request) => ({
      ...request,
      internalSecret,
      drills,
      isDown: once(async () => (await drills?.current()) === 'SHIPPING_DOWN'),
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
      if (settings.kind === 'simulated') {
        running.push(startDriving({ ...surroundings, drills: drills !== undefined }));
      }
      const asking = startAskingCarrier({ ...surroundings, carrier });
      running.push(asking);
      running.push(consumeCommands(events, { ...surroundings, onCommands: asking.wake }));
      const old = [inboxPruning(pool), reportPruning(pool, clock), scanPruning(pool, clock)];
      running.push(startPruning({ tasks: old, logger }));
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
