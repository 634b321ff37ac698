import { pushStream } from '@souk/kit/graphql';
import { NO_STOCK } from '../domain/stock.js';
import type { StockItemStore } from '../store/stock-items.js';
import type { StockState, StockWatch } from './stock-watch.js';

/** Changes that wait for a slow watcher; beyond it only the newest of each variant are kept. */
const MOST_WAITING = 1_000;

/**
 * The units of some variants as they are, one push a variant, and then one push for each change, forwards only. It is
 * watched before it is read, so that nothing falls in between. Whoever takes the pushes too slowly is told the newest
 * state of each variant instead of every one.
 */
export function watchStock(
  { watch, items }: { readonly watch: StockWatch; readonly items: Pick<StockItemStore, 'find'> },
  variantIds: readonly string[],
): AsyncIterableIterator<StockState> {
  const seen = new Map<string, number>();
  let waiting: StockState[] = [];
  let ready = Promise.resolve();
  let begun = false;

  const isNew = ({ variantId, version }: StockState): boolean => {
    if (version <= (seen.get(variantId) ?? -1)) return false;
    seen.set(variantId, version);
    return true;
  };
  const present = async (): Promise<StockState[]> => {
    await ready;
    const found = new Map((await items.find(variantIds)).map((item) => [item.variantId, item]));
    return variantIds.map((variantId) => {
      const item = found.get(variantId);
      return { variantId, version: item?.version ?? 0, stock: item ?? NO_STOCK };
    });
  };

  return pushStream({
    subscribe(wake) {
      const watching = watch.watch(variantIds, (state) => {
        if (waiting.length === MOST_WAITING) waiting = newestOfEach(waiting);
        waiting.push(state);
        wake();
      });
      ready = watching.ready;
      // Told by the first pull; until then nobody may be looking.
      ready.catch(() => {});
      return watching.stop;
    },
    async pull() {
      const first = begun ? [] : await present();
      begun = true;
      const next = [...first, ...waiting].filter(isNew);
      waiting = [];
      return next;
    },
  });
}

const newestOfEach = (states: readonly StockState[]): StockState[] => [
  ...new Map(states.map((state) => [state.variantId, state])).values(),
];
