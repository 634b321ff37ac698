import type { EventTransport } from '@souk/kit/events';
import type { Logger } from '@souk/kit/log';
import { createPostgresConsumer } from '@souk/kit/postgres';
import { type Surroundings, applyCommands } from '../store/apply-commands.js';
import type { OrdersDatabase } from '../store/database.js';
import { REPORTERS, taskOf } from './reports.js';

/** Takes in what inventory, payments and shipping report: a whole batch in one transaction, with its inbox rows and cursor. */
export function consumeReports(
  transport: EventTransport,
  deps: Surroundings & { readonly database: OrdersDatabase; readonly logger: Logger },
): { stop(): Promise<void> } {
  const { database, logger } = deps;
  const running = Object.entries(REPORTERS).map(([owner, types]) =>
    transport.subscribe(
      createPostgresConsumer({
        pool: database.pool,
        consumer: 'orders',
        owner,
        types,
        logger,
        async handleBatch(sql, events) {
          const tasks = events.map(taskOf);
          const effects = await applyCommands(sql, tasks, deps);
          const unknown = tasks.find((_, index) => !effects[index]);
          if (unknown)
            throw new Error(`${owner} reports about the order ${unknown.orderId}, which does not exist.`);
        },
      }),
    ),
  );
  return { stop: async () => void (await Promise.all(running.map((consumer) => consumer.stop()))) };
}
