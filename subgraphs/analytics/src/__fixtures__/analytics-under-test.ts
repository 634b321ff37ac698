import type { Viewer } from '@souk/kit/auth';
import { type DomainEvent, createInProcessTransport } from '@souk/kit/events';
import type { SubgraphApp } from '@souk/kit/subgraph';
import { createMemoryLog } from '@souk/testkit/events';
import { silentLogger } from '@souk/testkit/logger';
import { testPostgres } from '@souk/testkit/postgres';
import pg from 'pg';
import { type AnalyticsDeps, createApp, prepare } from '../index.js';

export const STAFF: Viewer = { kind: 'user', userId: 'staff', roles: ['STAFF'] };
export const NOW = new Date('2026-11-28T12:00:00.000Z');
const SOURCES = ['orders', 'inventory', 'payments', 'users'] as const;

/** A whole analytics subgraph over a database of its own; the test plays everybody else. */
export async function startAnalytics(overrides: Partial<AnalyticsDeps> = {}) {
  const database = await testPostgres('analytics');
  await prepare({ databaseUrl: database.url, logger: silentLogger });
  const logs = new Map(SOURCES.map((source) => [source as string, createMemoryLog()]));
  /** A superuser, as an intruder would be. */
  const admin = new pg.Pool({ connectionString: database.url, max: 2 });
  admin.on('error', () => {});
  const apps: SubgraphApp[] = [];

  const open = async (): Promise<SubgraphApp> => {
    const events = createInProcessTransport({ logger: silentLogger });
    for (const [source, log] of logs) events.attach(source, log);
    const app = await createApp({
      databaseUrl: database.url,
      events,
      logger: silentLogger,
      clock: () => NOW,
      sources: SOURCES,
      gatherMs: 0,
      ...overrides,
    });
    apps.push(app);
    await app.start();
    return app;
  };
  const app = await open();

  return {
    database,
    app,
    admin,
    /** Another replica on the same database. */
    open,
    /** Events as their subgraphs tell them. */
    tell(...events: DomainEvent[]): void {
      for (const event of events) {
        const log = logs.get(event.source);
        if (!log) throw new Error(`Nobody plays ${event.source}.`);
        log.append(event);
      }
    },
    async run(query: string, variables: Record<string, unknown> = {}, viewer: Viewer = STAFF) {
      const result = await app.execute({ query, variables, context: { viewer, requestId: 'test' } });
      if (result.errors) throw new Error(JSON.stringify(result.errors));
      // The shape is the query's; tests compare it whole.
      return JSON.parse(JSON.stringify(result.data)) as Record<string, never>;
    },
    async rows<Row extends object>(text: string, parameters: unknown[] = []): Promise<Row[]> {
      return (await admin.query<Row>(text, parameters)).rows;
    },
    async stop() {
      await Promise.all(apps.map((one) => one.stop()));
      await admin.end();
      await database.drop();
    },
  };
}
export type AnalyticsUnderTest = Awaited<ReturnType<typeof startAnalytics>>;

/** How many events are kept. */
export const countRecords = async ({ rows }: AnalyticsUnderTest): Promise<number> => {
  const [row] = await rows<{ count: string }>('SELECT count(*) FROM audit.records');
  return Number(row?.count);
};
