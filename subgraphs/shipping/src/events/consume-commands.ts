import type { EventTransport } from '@souk/kit/events';
import type { Logger } from '@souk/kit/log';
import { createPostgresConsumer } from '@souk/kit/postgres';
import { type Surroundings, applyCommands } from '../store/apply-commands.js';
import type { ShippingDatabase } from '../store/database.js';
import { COMMAND_TYPES, taskOf } from './commands.js';

/**
 * Takes in what orders asks for. Only the wish is written down, in one transaction with the inbox and the cursor; the
 * carrier is asked outside of it, because a transaction may be run again.
 *
 * @param options.onCommands called when wishes have been committed
 */
export function consumeCommands(
  transport: EventTransport,
  options: Surroundings & {
    readonly database: ShippingDatabase;
    readonly logger: Logger;
    readonly onCommands: () => void;
  },
): { stop(): Promise<void> } {
  return transport.subscribe(
    createPostgresConsumer({
      pool: options.database.pool,
      consumer: 'shipping',
      owner: 'orders',
      types: COMMAND_TYPES,
      logger: options.logger,
      handleBatch: (sql, events) => applyCommands(sql, events.map(taskOf), options),
      onCommitted: options.onCommands,
    }),
  );
}
