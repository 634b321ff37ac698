import { readFileSync } from 'node:fs';
import type { EventTransport } from '@souk/kit/events';
import { startPruning } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { inboxPruning, pgExecutor } from '@souk/kit/postgres';
import { type SubgraphApp, createSubgraph } from '@souk/kit/subgraph';
import { consumeEverything } from './events/consume-everything.js';
import { SOURCES } from './events/sources.js';
import type { Context } from './resolvers/context.js';
import { resolvers } from './resolvers/index.js';
import { openDatabase } from './store/database.js';

/** What the subgraph is given. */
export interface AnalyticsDeps {
  readonly databaseUrl: string;
  readonly events: EventTransport;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Subgraphs to listen to. @default every one that publishes events */
  readonly sources?: readonly string[];
  /** Pause after each batch of events, so that the next one gathers, in milliseconds. @default 200 */
  readonly gatherMs?: number;
}

const sdl = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

/** @example const app = await createApp(deps); await app.start(); */
export async function createApp(deps: AnalyticsDeps): Promise<SubgraphApp> {
  const { databaseUrl: url, events, clock, sources = SOURCES, gatherMs = 200 } = deps;
  const logger = deps.logger.child({ subgraph: 'analytics' });
  const database = openDatabase({ url, logger });
  const sql = pgExecutor(database.pool);
  const running: { stop(): Promise<void> }[] = [];

  return createSubgraph<Context>({
    name: 'analytics',
    sdl,
    resolvers,
    logger,
    createContext: (request) => ({ ...request, database, sql, clock, logger }),
    async start() {
      if (running.length > 0) return;
      running.push(consumeEverything(events, { database, sources, clock, logger, gatherMs }));
      running.push(startPruning({ tasks: [inboxPruning(database.pool)], logger }));
    },
    async checkReady() {
      await sql.query('SELECT 1');
    },
    async stop() {
      for (const part of running.reverse()) await part.stop();
      await database.close();
    },
  });
}
