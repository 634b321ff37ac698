import type { EventSubscription } from '@souk/kit/events';
import { type MongoConsumerOptions, createMongoConsumer } from '@souk/kit/mongo';
import { applyStockCommands } from '../commands/apply-stock-commands.js';
import type { CommandDeps } from '../commands/deps.js';
import { COMMAND_TYPES, toCommand } from './commands.js';
import { CATALOGUE_TYPES, variantIdsOf } from './new-variants.js';

type Consuming = Pick<MongoConsumerOptions, 'database' | 'consumer' | 'logger'>;

/** Obeys what orders ask for. */
export const orderCommands = (consuming: Consuming, deps: CommandDeps): EventSubscription =>
  createMongoConsumer({
    ...consuming,
    owner: 'orders',
    types: COMMAND_TYPES,
    handleBatch: (events) => applyStockCommands(deps, events.map(toCommand)),
  });

/** Opens an empty item for each variant that products have made, so that staff can stock it. */
export const newVariants = (consuming: Consuming, { store, clock }: CommandDeps): EventSubscription =>
  createMongoConsumer({
    ...consuming,
    owner: 'products',
    types: CATALOGUE_TYPES,
    async handleBatch(events) {
      const items = variantIdsOf(events).map((variantId) => ({ variantId, units: 0 }));
      await store.items.addMissing(items, clock());
    },
  });
