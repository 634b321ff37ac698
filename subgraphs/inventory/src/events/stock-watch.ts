import { type EventLog, type RecordedEvent, runConsumer } from '@souk/kit/events';
import type { Logger } from '@souk/kit/log';
import type { Stock } from '../domain/stock.js';
import { PUBLISHED } from './published.js';

/** A variant's units at a version of its stock item. */
export interface StockState {
  readonly variantId: string;
  readonly version: number;
  readonly stock: Stock;
}

/** Tells whoever watches a variant, on any replica, of each change. */
export interface StockWatch {
  /** Calls back for each change of these variants, until `stop`. Whatever happens after `ready` is told. */
  watch(
    variantIds: readonly string[],
    onChange: (state: StockState) => void,
  ): { readonly ready: Promise<void>; stop(): void };
  /** Ends the following, however many watch. */
  stop(): Promise<void>;
}

/** Only what is used: a replica of another version may say less of the rest. */
const stateSchema = PUBLISHED['stock.changed'].omit({ movements: true });

function toState({ payload, version }: RecordedEvent): StockState {
  const { variantId, ...stock } = stateSchema.parse(payload);
  return { variantId, version, stock };
}

/**
 * However many watch, one reader of this replica's own log serves them all, and an event costs as much as it has
 * watchers. While nobody watches nothing is read.
 */
export function createStockWatch({
  log,
  logger,
}: {
  readonly log: EventLog;
  readonly logger: Logger;
}): StockWatch {
  const watchers = new Map<string, Set<(state: StockState) => void>>();
  let following: Promise<{ stop(): Promise<void> }> | undefined;

  const tell = (state: StockState): void => {
    for (const onChange of watchers.get(state.variantId) ?? []) onChange(state);
  };
  const follow = async (): Promise<{ stop(): Promise<void> }> => {
    let position = await log.head();
    return runConsumer(
      log,
      {
        consumer: 'inventory-live',
        owner: 'inventory',
        types: ['stock.changed'],
        cursor: { load: async () => position },
        async deliver(events, upTo) {
          for (const event of events) tell(toState(event));
          position = upTo;
        },
      },
      { logger },
    );
  };
  const started = (): Promise<void> => {
    const present = (following ??= follow());
    return present.then(
      () => {},
      (error: unknown) => {
        if (following === present) following = undefined;
        throw error;
      },
    );
  };
  const halt = async (): Promise<void> => {
    const present = following;
    following = undefined;
    await (await present?.catch(() => undefined))?.stop();
  };

  return {
    watch(variantIds, onChange) {
      for (const id of variantIds) watchers.set(id, (watchers.get(id) ?? new Set()).add(onChange));
      return {
        ready: started(),
        stop() {
          for (const id of variantIds) {
            const set = watchers.get(id);
            set?.delete(onChange);
            if (set?.size === 0) watchers.delete(id);
          }
          if (watchers.size === 0) void halt();
        },
      };
    },
    stop: halt,
  };
}
