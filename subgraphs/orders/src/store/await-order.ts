import type { OrderRecord } from '../domain/order-record.js';
import type { LiveDeps } from './live-orders.js';
import type { OrderChange } from './order-changes.js';

/**
 * An order that is waited for. Made before what it waits for is begun, or followed by a look, so that no change is
 * missed.
 */
export interface OrderWait {
  /** The order as it is when it is settled, or when the time is up. */
  readonly outcome: Promise<OrderRecord | null>;
  /** Looks now: for an order that may be settled already. */
  look(): void;
  cancel(): void;
}

/**
 * Waits until an order is as somebody wants to see it.
 *
 * @param options.timeoutMs longest wait, in milliseconds
 * @param options.isWorthALook spares the reads of changes that cannot be it @default all are
 */
export function awaitOrder(
  { changes, readOrder }: LiveDeps,
  orderId: string,
  options: {
    readonly timeoutMs: number;
    readonly isSettled: (order: OrderRecord) => boolean;
    readonly isWorthALook?: (change: OrderChange) => boolean;
  },
): OrderWait {
  const { timeoutMs, isSettled, isWorthALook = () => true } = options;
  let look = (): void => {};
  let cancel = (): void => {};
  const outcome = new Promise<OrderRecord | null>((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      unwatch();
    };
    const answer = async (isTimeUp: boolean): Promise<void> => {
      const order = await readOrder(orderId);
      if (!isTimeUp && order && !isSettled(order)) return;
      end();
      resolve(order);
    };
    const read = (isTimeUp: boolean): void =>
      void answer(isTimeUp).catch((error: unknown) => {
        end();
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    const timer = setTimeout(() => read(true), timeoutMs);
    const unwatch = changes.watch(orderId, (change) => {
      if (isWorthALook(change)) read(false);
    });
    look = () => read(false);
    cancel = () => {
      end();
      resolve(null);
    };
  });
  // It may fail before anybody waits for it. Whoever does then is still told, but the process must not end.
  outcome.catch(() => {});
  return { outcome, look, cancel };
}
