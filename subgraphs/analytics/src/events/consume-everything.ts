import { EVERY_TYPE, type EventSubscription, type EventTransport } from '@souk/kit/events';
import { sleep } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { createPostgresConsumer } from '@souk/kit/postgres';
import { redactEvent } from '../domain/redact.js';
import { appendRecords } from '../store/append-records.js';
import type { AnalyticsDatabase } from '../store/database.js';
import { project } from '../store/project.js';

/** What {@link consumeEverything} needs. */
export interface ConsumeOptions {
  readonly database: AnalyticsDatabase;
  /** The subgraphs to listen to. */
  readonly sources: readonly string[];
  readonly clock: () => Date;
  readonly logger: Logger;
  /** Pause after each batch, in milliseconds: nobody waits for reports, and what gathers meanwhile is one transaction. */
  readonly gatherMs: number;
}

/**
 * Takes in every event of every subgraph: into the chain and into the projections, in one transaction with inbox and
 * cursor. Projections are made of what was kept, which is all that a rebuild has.
 */
export function consumeEverything(
  transport: EventTransport,
  options: ConsumeOptions,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = options.sources.map((owner) =>
    transport.subscribe(subscriptionTo(owner, options, stopping.signal)),
  );
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}

function subscriptionTo(
  owner: string,
  { database, clock, logger, gatherMs }: ConsumeOptions,
  stopping: AbortSignal,
): EventSubscription {
  const subscription = createPostgresConsumer({
    pool: database.pool,
    consumer: 'analytics',
    owner,
    types: [EVERY_TYPE],
    logger,
    handleBatch: async (sql, events) =>
      project(sql, 'projections', await appendRecords(sql, events.map(redactEvent), clock())),
  });
  return {
    ...subscription,
    async deliver(batch, upTo) {
      // Before anything else: an event that cannot be kept becomes a dead letter, whole.
      await subscription.deliver(batch.map(redactEvent), upTo);
      await sleep(gatherMs, stopping);
    },
  };
}
