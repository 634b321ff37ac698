import { setTimeout as delay } from 'node:timers/promises';
import type { Diary } from '../../facts/told.js';
import { ORDER_UPDATED, type OrderUpdated, STOCK_CHANGED, type StockChanged } from '../documents.js';
import type { Subscriber } from './subscriber.js';

/** Somebody with open pages. */
export interface Watcher {
  /** Opens the page of an order, once. It stays open, over any number of connections. */
  watch(orderId: string, accessToken: string | null): void;
  /** Opens a page that shows what of these variants there is. It stays open likewise. */
  watchStock(variantIds: readonly string[]): void;
  close(): Promise<void>;
}

/** Pause before a page that broke is opened again, in milliseconds. */
const AGAIN_MS = 250;

/**
 * Subscribes to orders and to stock, and writes every state that is pushed into the diary. What breaks is opened again
 * until `close`.
 *
 * @param options.againMs pause before that, in milliseconds @default 250
 */
export function createWatcher(options: {
  readonly subscriber: Subscriber;
  readonly who: string;
  readonly diary: Diary;
  readonly againMs?: number;
}): Watcher {
  const { subscriber, who, diary, againMs = AGAIN_MS } = options;
  const { way } = subscriber;
  const watched = new Set<string>();
  let closed = false;

  const follow = async <Data extends object>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    onPush: (data: Data) => void,
  ): Promise<void> => {
    while (!closed) {
      try {
        for await (const data of subscriber.subscribe<Data>(query, variables)) {
          if (closed) return;
          onPush(data);
        }
      } catch {
        // As on any page that breaks: it is opened again.
      }
      if (!closed) await delay(againMs);
    }
  };
  return {
    watch(orderId, accessToken) {
      if (watched.has(orderId)) return;
      watched.add(orderId);
      diary.note(who, { kind: 'watching', orderId, way });
      void follow<OrderUpdated>(ORDER_UPDATED, { id: orderId, token: accessToken }, ({ orderUpdated }) => {
        if (!orderUpdated) return;
        const { status, version } = orderUpdated;
        diary.note(who, { kind: 'pushed', orderId, status, version, way });
      });
    },
    watchStock(variantIds) {
      diary.note(who, { kind: 'watching-stock', variantIds, way });
      void follow<StockChanged>(STOCK_CHANGED, { variantIds }, ({ stockChanged }) => {
        if (!stockChanged?.stock) return;
        const { id: variantId, stock } = stockChanged;
        diary.note(who, { kind: 'stock-pushed', variantId, stock, way });
      });
    },
    async close() {
      closed = true;
      await subscriber.close();
    },
  };
}
