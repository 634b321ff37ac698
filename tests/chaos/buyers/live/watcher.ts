import { setTimeout as delay } from 'node:timers/promises';
import type { Diary } from '../../facts/told.js';
import { ORDER_UPDATED, type OrderUpdated } from '../documents.js';
import type { Subscriber } from './subscriber.js';

/** Somebody with open order pages. */
export interface Watcher {
  /** Opens the page of an order, once. It stays open, over any number of connections. */
  watch(orderId: string, accessToken: string | null): void;
  close(): Promise<void>;
}

/** Pause before a page that broke is opened again, in milliseconds. */
const AGAIN_MS = 250;

/**
 * Subscribes to orders, and writes every state that is pushed into the diary. What breaks is opened again until `close`.
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

  const follow = async (orderId: string, token: string | null): Promise<void> => {
    while (!closed) {
      try {
        const variables = { id: orderId, token };
        for await (const { orderUpdated } of subscriber.subscribe<OrderUpdated>(ORDER_UPDATED, variables)) {
          if (closed) return;
          if (!orderUpdated) continue;
          const { status, version } = orderUpdated;
          diary.note(who, { kind: 'pushed', orderId, status, version, way });
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
      void follow(orderId, accessToken);
    },
    async close() {
      closed = true;
      await subscriber.close();
    },
  };
}
